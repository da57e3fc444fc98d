package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.meter.StrictMeters;
import io.longtake.model.tensorrt.DeviceFailures;
import io.longtake.stage.Cancellation;
import io.longtake.stage.Stage;
import io.longtake.stage.StageBatch;
import io.longtake.stage.StageCancelledException;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageInputException;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that takes three tasks at once, on a real broker; the model's part is played by the test. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER"})
@ExtendWith(SharedBroker.class)
class BatchedWorkerIT {

    private static final int SHORT_LOCK_MILLIS = 1_500;
    private static final Batching THREE = new Batching(3, Duration.ofMillis(200));

    private final MeterRegistry meters = StrictMeters.create();
    private final List<Worker> workers = new ArrayList<>();
    private final List<String> videos =
            Stream.generate(() -> UUID.randomUUID().toString()).limit(3).toList();
    private final List<Integer> calls = new CopyOnWriteArrayList<>();

    @Parameter
    private QueueProtocol queue;

    private KafkaConnection kafka;

    /** What a call of the model does. */
    private interface Play {
        void on(StageBatch batch, Cancellation cancellation);
    }

    @BeforeEach
    void prepare(SharedBroker.Queues queues) {
        kafka = queues.on(queue);
        ShareGroup.configure(kafka, queue, SHORT_LOCK_MILLIS);
    }

    @AfterEach
    void stop() {
        workers.forEach(Worker::close);
    }

    @Test
    void tasks_that_share_a_long_call_are_each_renewed_and_done_once() {
        work(
                "batched",
                (batch, cancellation) ->
                        Waiting.until("nine renewals", () -> queue != QueueProtocol.SHARE || renewals() >= 9));
        send();

        assertAllDoneBy("batched");
        assertThat(calls).containsExactly(3);
    }

    @Test
    void poison_fails_its_own_video_and_no_other() {
        work("batched", (batch, cancellation) -> {
            if (batch.inputs().stream().anyMatch(input -> input.scene().getSeed() == 1)) {
                throw new StageInputException("poison");
            }
        });
        send();

        assertThat(outcome(0)).isEqualTo(Outcome.DONE);
        assertThat(outcome(1)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(2)).isEqualTo(Outcome.DONE);
    }

    @Test
    void a_worker_that_is_closed_gives_all_its_tasks_to_another() {
        Worker first = work("first", (batch, cancellation) -> {
            Waiting.until("cancellation", cancellation::isCancelled);
            throw new StageCancelledException();
        });
        send();
        Waiting.until("the call", () -> !calls.isEmpty());

        first.close();
        workers.remove(first);
        work("second", (batch, cancellation) -> {});

        assertAllDoneBy("second");
    }

    @Test
    void a_worker_whose_device_gives_up_is_no_longer_ready_and_another_does_its_tasks() {
        Worker broken = work("broken", (batch, cancellation) -> {
            throw new IllegalStateException(DeviceFailures.outOfMemory());
        });
        send();
        Waiting.until("the worker to give up", () -> broken.failure().isPresent());
        assertThat(broken.ready()).isFalse();
        assertThat(broken.failure()).hasValueSatisfying(reason -> assertThat(reason)
                .contains("the device is out of service", "too little memory"));
        work("sound", (batch, cancellation) -> {});

        assertAllDoneBy("sound");
    }

    private void assertAllDoneBy(String worker) {
        for (String video : videos) {
            assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(result -> {
                assertThat(result.getOutcome()).isEqualTo(Outcome.DONE);
                assertThat(result.getWorker()).isEqualTo(worker);
            });
        }
    }

    private Outcome outcome(int video) {
        return Results.await(kafka, videos.get(video), 1).get(0).getOutcome();
    }

    private Worker work(String name, Play play) {
        Stage stage = new Stage() {
            @Override
            public StageOutputs run(StageInput input, Cancellation cancellation) {
                throw new AssertionError("a worker asks for batches");
            }

            @Override
            public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
                calls.add(batch.inputs().size());
                play.on(batch, cancellation);
                return batch.inputs().stream()
                        .map(input -> StageOutputs.of(Tensor.filled(1, 1)))
                        .toList();
            }
        };
        WorkerSettings settings = new WorkerSettings(name, Set.of("keyframes"), 2, THREE);
        Worker worker = Worker.start(
                settings.on(queue),
                kafka,
                (model, digest) -> new Models.Ready(stage, 24),
                meters,
                RecordDecoder.ours());
        workers.add(worker);
        return worker;
    }

    /** All to one partition, in one request. */
    private void send() {
        Map<String, Object> together = Map.of("linger.ms", 200);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.with(together), new StringSerializer(), new ByteArraySerializer())) {
            IntStream.range(0, 3)
                    .forEach(i -> producer.send(new ProducerRecord<>(
                            Topic.ofTasks("keyframes").topicName(),
                            0,
                            videos.get(i),
                            Wire.encode(Tasks.keyframes(videos.get(i), i).build()))));
        }
    }

    private double renewals() {
        return meters.find(WorkerMeters.RENEWALS).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
