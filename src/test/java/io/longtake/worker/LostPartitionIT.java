package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.event.StageResult;
import io.longtake.stage.Stage;
import io.longtake.stage.StageCancelledException;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers of a consumer group that lose their partitions while they are at work. */
@ParameterizedClass
@EnumSource(names = {"CONSUMER", "CLASSIC"})
@ExtendWith(SharedBroker.class)
class LostPartitionIT {

    private static final Stage SOUND = (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1));

    private final String video = UUID.randomUUID().toString();
    private final CountDownLatch mayPoll = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger refusals = new AtomicInteger();

    @Parameter
    private QueueProtocol queue;

    private KafkaConnection kafka;
    private Crew crew;

    @BeforeEach
    void prepare(SharedBroker.Queues queues) {
        kafka = queues.on(queue);
        crew = new Crew(kafka, queue);
    }

    @AfterEach
    void stop() {
        mayPoll.countDown();
        mayEnd.countDown();
        crew.close();
    }

    @Test
    void nothing_is_seen_of_what_it_did_after_another_has_done_the_task() {
        Stage patient = (input, cancellation) -> {
            begun.set(true);
            await(mayEnd);
            return StageOutputs.of(Tensor.filled(1, 1));
        };
        crew.serve(hanging(), "hanging", (model, digest) -> new Models.Ready(patient, 24));
        crew.send(Tasks.keyframes(video, 1).build());
        Waiting.until("the task to run", begun::get);
        crew.work("next", SOUND);
        Results.await(kafka, video, 1);

        mayEnd.countDown();

        Waiting.until("its result to be refused", () -> refusals.get() == 3);
        mayPoll.countDown();
        crew.send(Tasks.keyframes(video, 2).setSegment(1).build());
        assertThat(Results.await(kafka, video, 2))
                .extracting(StageResult::getSegment)
                .containsExactly(0, 1);
        assertThat(Results.await(kafka, video, 1).get(0).getWorker()).isEqualTo("next");
    }

    /** What the worker remembers is gone each time, so it is Kafka that counts. */
    @Test
    void a_task_of_which_workers_die_fails_its_video_after_five_of_them() {
        AtomicBoolean running = new AtomicBoolean();
        AtomicInteger runs = new AtomicInteger();
        Stage deadly = (input, cancellation) -> {
            runs.incrementAndGet();
            running.set(true);
            Waiting.until("cancellation", cancellation::isCancelled);
            throw new StageCancelledException();
        };
        WorkerClients clients = new WorkerClients(kafka, Crew.settings("dying").on(queue)) {
            @Override
            @SuppressWarnings("unchecked")
            Consumer<String, byte[]> ownTasks(String stage) {
                return Faulty.in("poll", Consumer.class, super.ownTasks(stage), call -> {
                    if (running.getAndSet(false)) {
                        throw new TimeoutException("as if it had died");
                    }
                    return call.proceed();
                });
            }
        };
        crew.serve(clients, "dying", (model, digest) -> new Models.Ready(deadly, 24));
        crew.send(Tasks.keyframes(video, 1).build());

        assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(result -> {
            assertThat(result.getOutcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.getReason()).startsWith("gave up after 5 deliveries: none came to an end");
        });
        assertThat(runs).hasValue(5);
    }

    /** A worker that polls no more once it is at work, and knows only afterwards that it is no member any more. */
    private WorkerClients hanging() {
        KafkaConnection impatient =
                new KafkaConnection(kafka.bootstrapServers(), Map.of("max.poll.interval.ms", "3000"));
        return new WorkerClients(impatient, Crew.settings("hanging").on(queue)) {
            @Override
            @SuppressWarnings("unchecked")
            Consumer<String, byte[]> ownTasks(String stage) {
                return Faulty.in("poll", Consumer.class, super.ownTasks(stage), call -> {
                    if (begun.get()) {
                        await(mayPoll);
                    }
                    return call.proceed();
                });
            }

            @Override
            @SuppressWarnings("unchecked")
            Producer<String, byte[]> results() {
                return Faulty.in("sendOffsetsToTransaction", Producer.class, super.results(), call -> {
                    try {
                        return call.proceed();
                    } catch (RuntimeException e) {
                        refusals.incrementAndGet();
                        throw e;
                    }
                });
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
