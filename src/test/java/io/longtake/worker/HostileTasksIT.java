package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.DeadLetter;
import io.longtake.event.ElementType;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.PayloadRef;
import io.longtake.event.QueueProtocol;
import io.longtake.event.Scene;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks that no director sends. Each ends with a reason, and the worker, with the real model, does the next. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER"})
@ExtendWith(SharedBroker.class)
class HostileTasksIT {

    private static final StoredModel DRIVE = ModelRepository.standard().find("drive");
    private static final String LONG = "x".repeat(300_000);

    private final String honest = UUID.randomUUID().toString();

    @Parameter
    private QueueProtocol queue;

    private KafkaConnection kafka;
    private Crew crew;

    @BeforeEach
    void prepare(SharedBroker.Queues queues) {
        kafka = queues.on(queue);
        this.crew = new Crew(kafka, queue);
        ShareGroup.configure(kafka, queue, 15_000);
    }

    @AfterEach
    void stop() {
        crew.close();
    }

    @Test
    void nonsense_fails_at_once_with_field_value_and_limit() {
        Map<StageTask, String> nonsense = Map.of(
                task().setCodec(LONG).build(), "codec: expected one of h264, ffv1, raw, got 'xxx",
                task().setFrameCount(-1).build(), "frame_count: expected 1..10000, got -1",
                task().setFirstFrame(-1).build(), "first_frame: expected 0..",
                task(scene -> scene.setSteps(Integer.MAX_VALUE)), "steps must be at most",
                task(scene -> scene.setGuidance(Double.NaN)), "guidance must be a number of at least 1, found NaN",
                task().setPublish(true).build(), "publish: expected false, for keyframes makes no frames",
                task().setSegment(1).build(), "input 'context' must be",
                task().setInputs(Map.of(LONG, context().build())).build(), "an input's role must be",
                task().setStage("decode").build(), "stage must be one of [keyframes], found decode");

        assertFailed(nonsense);
    }

    @Test
    void a_payload_that_cannot_be_there_fails_its_video_at_once() {
        Map<StageTask, String> forged = Map.of(
                task(context().setPartition(999)), "partition: expected 0..2, got 999",
                task(context().setFirstOffset(Long.MAX_VALUE)), "first_offset: expected at most");

        assertFailed(forged);
    }

    @Test
    void a_task_for_another_model_fails_after_every_worker_had_its_chance() {
        StageTask other = task().setModelDigest(LONG).build();

        assertFailed(Map.of(
                other, "gave up after 5 deliveries: this worker cannot do the task: model 'drive' has no version"));
    }

    @Test
    void a_task_that_does_not_say_whose_it_is_is_buried_in_a_small_letter() {
        String nobody = LONG + UUID.randomUUID();
        StageTask before = task().setSegment(-1).build();
        String key = "k".repeat(1_000_000) + UUID.randomUUID();
        crew.send(task().setVideoId(nobody).build());
        crew.send(before);
        crew.send(key, new byte[48_000]);
        serve();

        assertHonestWorkIsDone();
        assertThat(letter(letter -> letter.getKey().startsWith("xxx")).getReason())
                .startsWith("StageTask, video_id: expected a UUID in its canonical form, got xxx")
                .hasSize(1000);
        assertThat(letter(letter -> letter.getKey().equals(before.getVideoId())).getReason())
                .isEqualTo("StageTask, segment: expected at least 0, got -1");
        assertThat(letter(letter -> letter.getKey().startsWith("kkk")).getReason())
                .contains("expected the header C3 01");
    }

    private void assertFailed(Map<StageTask, String> hostile) {
        hostile.keySet().forEach(crew::send);
        serve();

        assertHonestWorkIsDone();
        hostile.forEach((task, reason) -> {
            StageResult result = Results.await(kafka, task.getVideoId(), 1).get(0);
            assertThat(result.getOutcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.getReason()).contains(reason).hasSizeLessThanOrEqualTo(1000);
            assertThat(result.getReason().contains("gave up")).isEqualTo(reason.contains("gave up"));
        });
    }

    private void assertHonestWorkIsDone() {
        crew.send(task().setVideoId(honest).build());
        assertThat(Results.await(kafka, honest, 1).get(0).getOutcome()).isEqualTo(Outcome.DONE);
    }

    private void serve() {
        crew.serve(
                "only",
                new OpenModels(ModelRepository.standard(), "OnnxRuntime", Set.of("keyframes"), "drive", 1, false));
    }

    private static StageTask.Builder task() {
        return Tasks.keyframes(UUID.randomUUID().toString(), 1)
                .setModel("drive")
                .setModelDigest(DRIVE.digest());
    }

    private static StageTask task(Consumer<Scene.Builder> change) {
        Scene.Builder scene = Tasks.scene(1);
        change.accept(scene);
        return task().setScene(scene.build()).build();
    }

    private static StageTask task(PayloadRef.Builder context) {
        return task().setSegment(1)
                .setInputs(Map.of("context", context.build()))
                .build();
    }

    /** As it would be of the segment before, but that it was never written. */
    private static PayloadRef.Builder context() {
        ModelManifest model = DRIVE.manifest();
        List<Integer> shape = List.of(
                model.latent().channels(),
                model.segment().keyframes(),
                model.latent().height(),
                model.latent().width());
        return PayloadRef.newBuilder()
                .setPayloadId(UUID.randomUUID().toString())
                .setTopic(Topic.LATENTS.topicName())
                .setPartition(0)
                .setFirstOffset(0)
                .setChunkCount(1)
                .setBytes(shape.stream().reduce(Float.BYTES, Math::multiplyExact))
                .setCrc32c(0)
                .setDtype(ElementType.F32)
                .setShape(shape);
    }

    private DeadLetter letter(Predicate<DeadLetter> wanted) {
        List<DeadLetter> found = new ArrayList<>();
        Map<String, Object> settings = kafka.with(Map.of("isolation.level", "read_committed"));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.DEAD_LETTERS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Waiting.until("the letter", () -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    DeadLetter letter = Wire.decode(record.value(), DeadLetter.class);
                    if (wanted.test(letter)) {
                        found.add(letter);
                    }
                }
                return !found.isEmpty();
            });
        }
        return found.get(0);
    }
}
