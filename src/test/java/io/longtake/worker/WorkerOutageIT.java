package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.MortalBroker;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.event.TaskPartitions;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker whose broker dies in mid-work. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER"})
class WorkerOutageIT {

    private static final int SHORT_LOCK_MILLIS = 1_500;

    @Parameter
    private QueueProtocol queue;

    @TempDir
    Path data;

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicBoolean mayGoOn = new AtomicBoolean();
    private final String video = UUID.randomUUID().toString();
    private MortalBroker broker;
    private Crew crew;
    private Worker worker;

    @BeforeEach
    void work() {
        broker = new MortalBroker(data, queue.isConsumerGroup() ? new TaskPartitions(2) : TaskPartitions.ONE);
        ShareGroup.configure(broker.kafka(), queue, SHORT_LOCK_MILLIS);
        crew = new Crew(broker.kafka(), queue);
        worker = crew.work("only", (input, cancellation) -> {
            runs.incrementAndGet();
            Waiting.until("the test", () -> mayGoOn.get() || cancellation.isCancelled());
            return StageOutputs.of(Tensor.filled(1, 1));
        });
        crew.send(Tasks.keyframes(video, 1).build());
        Waiting.until("the task to run", () -> runs.get() > 0);
    }

    @AfterEach
    void stop() {
        crew.close();
        broker.close();
    }

    @Test
    void a_worker_whose_broker_is_killed_and_comes_back_does_its_task_and_the_next() {
        broker.kill();
        broker.restart();
        mayGoOn.set(true);

        assertDone(video);
        String next = UUID.randomUUID().toString();
        crew.send(Tasks.keyframes(next, 1).build());
        assertDone(next);
        assertThat(worker.failure()).isEmpty();
        Waiting.until("the worker to be ready", worker::ready);
    }

    @Test
    void a_worker_whose_broker_is_gone_while_it_publishes_can_be_closed() {
        broker.kill();
        mayGoOn.set(true);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> crew.dismiss(worker));

        Waiting.until("the worker to be closed", closing::isDone);
        assertThat(closing).isCompleted();
    }

    private void assertDone(String videoId) {
        assertThat(Results.await(broker.kafka(), videoId, 1).get(0).getOutcome())
                .isEqualTo(Outcome.DONE);
    }
}
