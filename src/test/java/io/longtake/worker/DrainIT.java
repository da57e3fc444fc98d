package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.stage.Stage;
import io.longtake.stage.StageCancelledException;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that are asked to stop while they are at work, one after the other. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER"})
@ExtendWith(SharedBroker.class)
class DrainIT {

    private static final int LOCK_MILLIS = 15_000;

    private final String video = UUID.randomUUID().toString();
    private final AtomicInteger begun = new AtomicInteger();

    @Parameter
    private QueueProtocol queue;

    private KafkaConnection kafka;
    private Crew crew;

    @BeforeEach
    void prepare(SharedBroker.Queues queues) {
        kafka = queues.on(queue);
        this.crew = new Crew(kafka, queue);
        ShareGroup.configure(kafka, queue, LOCK_MILLIS);
    }

    @AfterEach
    void stop() {
        crew.close();
    }

    @Test
    void a_task_that_six_workers_had_to_leave_is_done_by_the_seventh() {
        crew.send(Tasks.keyframes(video, 1).build());
        Stage endless = (input, cancellation) -> {
            begun.incrementAndGet();
            Waiting.until("cancellation", cancellation::isCancelled);
            throw new StageCancelledException();
        };
        for (int i = 1; i <= 6; i++) {
            int before = i - 1;
            Worker leaving = crew.work("leaving " + i, endless);
            Waiting.until("the task to run again", () -> begun.get() > before);
            crew.dismiss(leaving);
        }
        AtomicInteger runs = new AtomicInteger();

        crew.work("seventh", (input, cancellation) -> {
            runs.incrementAndGet();
            return StageOutputs.of(Tensor.filled(1, 1));
        });

        assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(result -> {
            assertThat(result.getOutcome()).isEqualTo(Outcome.DONE);
            assertThat(result.getWorker()).isEqualTo("seventh");
        });
        assertThat(runs).hasValue(1);
        assertThat(begun).hasValue(6);
    }

    /** The model does not look whether it is cancelled: nobody waits for it. */
    @Test
    void a_worker_whose_model_does_not_stop_can_be_closed_and_its_task_is_done_by_another() {
        crew.send(Tasks.keyframes(video, 1).build());
        CountDownLatch over = new CountDownLatch(1);
        Worker deaf = crew.work("deaf", (input, cancellation) -> {
            begun.incrementAndGet();
            wait(over);
            return StageOutputs.of(Tensor.filled(1, 1));
        });
        Waiting.until("the task to run", () -> begun.get() > 0);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> crew.dismiss(deaf));
        Waiting.until("the worker to be closed", closing::isDone);
        crew.work("other", (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)));

        assertThat(Results.await(kafka, video, 1).get(0).getWorker()).isEqualTo("other");
        over.countDown();
    }

    @Test
    void a_worker_that_drains_finishes_what_it_has_begun_and_begins_nothing_more() {
        crew.send(Tasks.keyframes(video, 1).build());
        CountDownLatch closing = new CountDownLatch(1);
        Worker leaving = crew.draining("leaving", Duration.ofMinutes(1), (input, cancellation) -> {
            begun.incrementAndGet();
            wait(closing);
            assertThat(cancellation.isCancelled()).isFalse();
            return StageOutputs.of(Tensor.filled(1, 1));
        });
        Waiting.until("the task to run", () -> begun.get() > 0);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> crew.dismiss(leaving));
        Waiting.until("the worker to take no more tasks", () -> !leaving.ready());
        crew.send(Tasks.keyframes(video, 2).build());
        closing.countDown();
        Waiting.until("the worker to be closed", closed::isDone);

        assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(result -> {
            assertThat(result.getOutcome()).isEqualTo(Outcome.DONE);
            assertThat(result.getWorker()).isEqualTo("leaving");
        });
        assertThat(begun).hasValue(1);
        crew.work("next", (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)));
        assertThat(Results.await(kafka, video, 2).get(1).getWorker()).isEqualTo("next");
    }

    @Test
    void a_worker_that_drains_gives_back_what_takes_too_long() {
        crew.send(Tasks.keyframes(video, 1).build());
        Worker leaving = crew.draining("leaving", Duration.ofMillis(200), (input, cancellation) -> {
            begun.incrementAndGet();
            Waiting.until("cancellation", cancellation::isCancelled);
            throw new StageCancelledException();
        });
        Waiting.until("the task to run", () -> begun.get() > 0);

        crew.dismiss(leaving);
        crew.work("next", (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)));

        assertThat(Results.await(kafka, video, 1).get(0).getWorker()).isEqualTo("next");
    }

    /** Not even an interrupt reaches it, as with a model in the middle of its mathematics. */
    private static void wait(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // it does not listen
            }
        }
    }
}
