package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.ElementType;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.model.InputSource;
import io.longtake.stage.Stage;
import io.longtake.stage.StageCancelledException;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How a worker treats its tasks, on a real broker; the model's part is played by the test. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER", "CLASSIC"})
@ExtendWith(SharedBroker.class)
class WorkerIT {

    private static final int SHORT_LOCK_MILLIS = 1_500;
    private static final String POLL_INTERVAL_MILLIS = "1500";

    private volatile long begun;

    private final String video = UUID.randomUUID().toString();

    @Parameter
    private QueueProtocol queue;

    private KafkaConnection kafka;
    private Crew crew;

    @BeforeEach
    void prepare(SharedBroker.Queues queues) {
        kafka = queues.on(queue);
        this.crew = new Crew(kafka, queue);
        ShareGroup.configure(kafka, queue, SHORT_LOCK_MILLIS);
    }

    @AfterEach
    void stop() {
        crew.close();
    }

    @Test
    void a_long_task_is_kept_and_done_once() {
        AtomicInteger runs = new AtomicInteger();
        Stage longer = (input, cancellation) -> {
            runs.incrementAndGet();
            Waiting.until("its queue to be asked again and again", () -> asked() >= 3);
            return StageOutputs.of(Tensor.filled(1, 2, 3));
        };
        impatient("first", longer);
        impatient("second", longer);
        crew.awaitAtWork(2);
        begun = System.nanoTime();
        crew.send(task());

        StageResult result = Results.await(kafka, video, 1).get(0);

        assertThat(result.getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(result.getOutputs().get(InputSource.OUT).getDtype()).isEqualTo(ElementType.F32);
        assertThat(result.getOutputs().get(InputSource.OUT).getShape()).containsExactly(2, 3);
        assertThat(runs).hasValue(1);
    }

    /** Renewals of the lock, or times after which Kafka would take a consumer for a dead one that does not poll. */
    private double asked() {
        return queue == QueueProtocol.SHARE
                ? crew.counted(WorkerMeters.RENEWALS, "worker", "first")
                        + crew.counted(WorkerMeters.RENEWALS, "worker", "second")
                : (double) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)
                        / Integer.parseInt(POLL_INTERVAL_MILLIS);
    }

    /** A consumer that has to poll often. */
    private void impatient(String name, Stage stage) {
        KafkaConnection often =
                new KafkaConnection(kafka.bootstrapServers(), Map.of("max.poll.interval.ms", POLL_INTERVAL_MILLIS));
        KafkaConnection its = queue == QueueProtocol.SHARE ? kafka : often;
        WorkerClients clients = new WorkerClients(its, Crew.settings(name).on(queue));
        crew.serve(clients, name, (model, digest) -> new Models.Ready(stage, 24));
    }

    @Test
    void a_worker_is_ready_and_takes_tasks_once_its_models_are_warm() {
        AtomicBoolean mayWarm = new AtomicBoolean();
        AtomicBoolean warm = new AtomicBoolean();
        AtomicBoolean tooEarly = new AtomicBoolean();
        Worker worker = crew.serve("only", new Models() {
            @Override
            public void warmUp() {
                Waiting.until("the test", mayWarm::get);
                warm.set(true);
            }

            @Override
            public Ready open(String name, String digest) {
                tooEarly.set(!warm.get());
                return new Ready((input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)), 24);
            }
        });
        crew.send(task());
        assertThat(worker.ready()).isFalse();

        mayWarm.set(true);

        assertThat(Results.await(kafka, video, 1).get(0).getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(worker.ready()).isTrue();
        assertThat(tooEarly).isFalse();
    }

    @Test
    void a_passing_fault_gives_the_task_back_and_the_next_try_does_it() {
        AtomicInteger runs = new AtomicInteger();
        crew.work("only", (input, cancellation) -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("out of device memory");
            }
            return StageOutputs.of(Tensor.filled(1, 1));
        });
        crew.send(task());

        assertThat(Results.await(kafka, video, 1).get(0).getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(runs).hasValue(3);
        assertThat(crew.counted(WorkerMeters.TASKS, "outcome", "given back")).isEqualTo(2);
    }

    @Test
    void a_fault_that_stays_fails_the_video_after_the_last_delivery() {
        crew.work("only", (input, cancellation) -> {
            throw new IllegalStateException("the device is on fire");
        });
        crew.send(task());

        StageResult result = Results.await(kafka, video, 1).get(0);

        assertThat(result.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.getReason()).isEqualTo("gave up after 5 deliveries: the device is on fire");
    }

    @Test
    void a_worker_that_is_closed_gives_its_task_to_another() {
        AtomicInteger runs = new AtomicInteger();
        Stage endless = (input, cancellation) -> {
            runs.incrementAndGet();
            Waiting.until("cancellation", cancellation::isCancelled);
            throw new StageCancelledException();
        };
        Worker first = crew.work("first", endless);
        crew.send(task());
        Waiting.until("the task to run", () -> runs.get() > 0);

        crew.work("second", (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)));
        crew.dismiss(first);

        assertThat(Results.await(kafka, video, 1).get(0).getWorker()).isEqualTo("second");
    }

    private StageTask task() {
        return Tasks.keyframes(video, 1).build();
    }
}
