package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.event.Topic;
import io.longtake.stage.Stage;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker gets over, and what it does not: then it says so, and others do its tasks. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER"})
@ExtendWith(SharedBroker.class)
class WorkerFaultsIT {

    private static final int SHORT_LOCK_MILLIS = 1_500;
    private static final Stage SOUND = (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1));

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
    void a_worker_whose_poll_times_out_connects_again() {
        Worker worker = work("poll", Faulty.once(Faulty.before(() -> new TimeoutException("nobody there"))));
        send();

        assertDone();
        assertThat(worker.failure()).isEmpty();
        Waiting.until("the worker to be ready", worker::ready);
    }

    @Test
    void a_worker_that_cannot_acknowledge_what_it_did_connects_again() {
        Worker worker = work("commitSync", Faulty.once(Faulty.before(DisconnectException::new)));
        send();
        assertDone();

        String next = UUID.randomUUID().toString();
        crew.send(Tasks.keyframes(next, 1).build());

        assertThat(Results.await(kafka, next, 1).get(0).getOutcome()).isEqualTo(Outcome.DONE);
        assertThat(worker.failure()).isEmpty();
    }

    @Test
    void a_consumer_that_lost_track_of_its_records_is_replaced() {
        Worker worker = work(
                queue == QueueProtocol.SHARE ? "acknowledge" : "commitSync",
                Faulty.once(Faulty.before(() -> new IllegalStateException("The record cannot be acknowledged."))));
        send();

        assertDone();
        assertThat(worker.failure()).isEmpty();
    }

    @Test
    void a_worker_that_may_not_take_tasks_has_failed() {
        assertFails(
                work(
                        "poll",
                        Faulty.before(() -> new TopicAuthorizationException(
                                Set.of(Topic.ofTasks("keyframes").topicName())))),
                "it takes no more tasks",
                "longtake.tasks.keyframes");
    }

    @Test
    void a_worker_with_a_fault_of_its_own_has_failed() {
        assertFails(work("poll", Faulty.before(() -> new NullPointerException("a mistake"))), "a mistake");
    }

    @Test
    void a_process_without_memory_has_failed_and_another_does_its_task() {
        Worker worker = crew.work("exhausted", (input, cancellation) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        send();

        assertFails(worker, "this process can not be relied on", "Java heap space");
        crew.work("sound", SOUND);
        assertDone();
    }

    @Test
    void a_process_whose_models_do_not_link_has_failed() {
        Worker worker = crew.serve("unlinked", new Models() {
            @Override
            public void warmUp() {
                throw new UnsatisfiedLinkError("no engine in java.library.path");
            }

            @Override
            public Ready open(String name, String digest) {
                throw new AssertionError("it never comes to that");
            }
        });

        assertFails(worker, "no engine in java.library.path");
    }

    @Test
    void a_task_too_deep_for_the_stack_is_its_own_fault_and_the_worker_goes_on() {
        AtomicInteger runs = new AtomicInteger();
        Worker worker = crew.work("only", (input, cancellation) -> {
            if (runs.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
            return StageOutputs.of(Tensor.filled(1, 1));
        });
        send();

        assertDone();
        assertThat(worker.failure()).isEmpty();
    }

    private static void assertFails(Worker worker, String... words) {
        Waiting.until("the failure", () -> worker.failure().isPresent());
        assertThat(worker.failure().orElseThrow()).contains(words);
        assertThat(worker.ready()).isFalse();
    }

    private void assertDone() {
        assertThat(Results.await(kafka, video, 1).get(0).getOutcome()).isEqualTo(Outcome.DONE);
    }

    /** A worker whose first connection has a fault; the next one has none. */
    private Worker work(String method, Faulty.Fault fault) {
        AtomicInteger connections = new AtomicInteger();
        WorkerClients clients = new WorkerClients(kafka, Crew.settings("only").on(queue)) {
            @Override
            @SuppressWarnings("unchecked")
            ShareConsumer<String, byte[]> tasks(String stage) {
                return perhapsFaulty(ShareConsumer.class, super.tasks(stage));
            }

            @Override
            @SuppressWarnings("unchecked")
            Consumer<String, byte[]> ownTasks(String stage) {
                return perhapsFaulty(Consumer.class, super.ownTasks(stage));
            }

            private <T> T perhapsFaulty(Class<T> type, T sound) {
                return connections.getAndIncrement() == 0 ? Faulty.in(method, type, sound, fault) : sound;
            }
        };
        return crew.serve(clients, "only", (model, digest) -> new Models.Ready(SOUND, 24));
    }

    private void send() {
        crew.send(Tasks.keyframes(video, 1).build());
    }
}
