package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.DeadLetter;
import io.longtake.event.ElementType;
import io.longtake.event.FrameChunk;
import io.longtake.event.Outcome;
import io.longtake.event.PayloadChunk;
import io.longtake.event.PayloadRef;
import io.longtake.event.PromptEvent;
import io.longtake.event.QueueSetting;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.StageResult;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.InputSource;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.worker.WorkerSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is thrown at the topics hurts only itself: it ends with a reason, and the next prompt is served. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "GROUP"})
class PoisonIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final List<TopicPartition> LETTERS = List.of(new TopicPartition(Topic.DEAD_LETTERS.topicName(), 0));

    private static final PlatformSettings SETTINGS = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");

    @TempDir
    private static Path data;

    @Parameter
    private QueueSetting queue;

    private static Platform platform;
    private static LongtakeClient client;
    private static KafkaProducer<String, byte[]> producer;

    @TempDir
    private Path workersData;

    private Platform worker;
    /** Where the letters about what this test throws begin. */
    private long letters;

    /** One for all: whoever goes on after the first test has survived it. */
    @BeforeParameterizedClassInvocation
    static void startAll(QueueSetting queue) {
        platform = Platform.embedded(
                new DataDirectory(data.resolve(queue.toString())),
                0,
                SETTINGS.queue(queue).stages(Set.of()));
        client = LongtakeClient.create(platform.kafka());
        producer =
                new KafkaProducer<>(platform.kafka().with(Map.of()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterParameterizedClassInvocation
    static void stopAll() {
        producer.close();
        client.close();
        platform.close();
    }

    @BeforeEach
    void countLetters() {
        try (KafkaConsumer<String, byte[]> consumer = letters()) {
            letters = consumer.endOffsets(LETTERS).get(LETTERS.get(0));
        }
    }

    /** Lets a worker join; until then tasks wait. */
    private void serve() {
        WorkerSettings settings = new WorkerSettings("worker", ToyModel.STAGES, 2);
        worker = Platform.worker(platform.kafka(), new DataDirectory(workersData), SETTINGS.queue(queue), settings);
    }

    @AfterEach
    void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    @Test
    void garbage_on_every_topic_is_buried_with_its_reason_and_the_next_video_is_made() {
        byte[] garbage = "no record of yours".getBytes(StandardCharsets.UTF_8);
        List<Topic> read = List.of(
                Topic.PROMPTS,
                Topic.RESULTS,
                Topic.ofTasks("keyframes"),
                Topic.ofTasks("interpolate"),
                Topic.ofTasks("decode"),
                Topic.ofTasks("upsample"),
                Topic.FRAMES);
        read.forEach(topic -> send(topic, "garbage", garbage));
        List.of(Topic.LATENTS, Topic.SEGMENTS, Topic.VIDEOS).forEach(topic -> send(topic, "garbage", garbage));
        serve();

        ReceivedVideo video = ReceivedVideo.order(
                client, ReceivedVideo.prompt("a drive", 0.5, 1).build());

        assertThat(video.bytes()).isNotEmpty();
        List<DeadLetter> found = deadLetters(read.size());
        assertThat(found)
                .extracting(DeadLetter::getTopic)
                .containsExactlyInAnyOrderElementsOf(
                        read.stream().map(Topic::topicName).toList());
        assertThat(found).allSatisfy(letter -> assertThat(letter.getReason()).contains("expected the header C3 01"));
    }

    @Test
    void absurd_orders_fail_with_field_value_and_limit_and_the_next_video_is_made() {
        assertRefused(ReceivedVideo.prompt("a drive", 0, 1).build(), "seconds 0 is outside");
        assertRefused(ReceivedVideo.prompt("a drive", 1e9, 1).build(), "seconds 1000000000 is outside");
        assertRefused(ReceivedVideo.prompt("x".repeat(1_000_000), 1, 1).build(), "prompt has 1000000 characters");
        assertRefused(ReceivedVideo.prompt("a drive", 1, 1).setModel("giant").build(), "model giant is unknown");
        assertRefused(
                ReceivedVideo.prompt("a drive", 1, 1)
                        .setScenes(Scenes.only(Scene.newBuilder()
                                .setPrompt("a drive")
                                .setGuidance(Double.NaN)
                                .build()))
                        .build(),
                "guidance NaN is outside");
        serve();

        assertThat(ReceivedVideo.order(
                                client, ReceivedVideo.prompt("a drive", 0.5, 1).build())
                        .bytes())
                .isNotEmpty();
    }

    @Test
    void a_refused_prompt_that_is_sent_again_corrected_under_its_id_is_made() {
        serve();
        PromptEvent.Builder prompt = ReceivedVideo.prompt("a drive", 0, 1);
        assertRefused(prompt.build(), "seconds 0 is outside");

        ReceivedVideo video = ReceivedVideo.order(client, prompt.setSeconds(0.5).build());

        assertThat(video.bytes()).isNotEmpty();
        ReceivedVideo.await(client, video.order().getVideoId(), VideoEventKind.FINISHED);
    }

    @Test
    void a_payload_with_a_broken_checksum_fails_its_video_only() throws Exception {
        PromptEvent victim = ReceivedVideo.prompt("a drive", 3600, 1).build();
        client.send(new Prompt(victim));
        ReceivedVideo.await(client, victim.getVideoId(), VideoEventKind.ACCEPTED);
        StageResult rotten = StageResult.newBuilder()
                .setVideoId(victim.getVideoId())
                .setStage("keyframes")
                .setSegment(0)
                .setOutcome(Outcome.DONE)
                .setOutputs(Map.of(InputSource.OUT, rottenPayload(victim.getVideoId())))
                .build();
        send(Topic.RESULTS, victim.getVideoId(), Wire.encode(rotten));

        serve();

        assertThat(ReceivedVideo.await(client, victim.getVideoId(), VideoEventKind.FAILED)
                        .getMessage())
                .containsIgnoringCase("crc");
        assertThat(ReceivedVideo.order(
                                client, ReceivedVideo.prompt("a drive", 0.5, 1).build())
                        .bytes())
                .isNotEmpty();
    }

    @Test
    void a_frame_chunk_with_a_broken_checksum_is_buried_and_the_video_still_whole() {
        PromptEvent event = ReceivedVideo.prompt("a drive", 0.5, 1).build();
        FrameChunk broken = FrameChunk.newBuilder()
                .setVideoId(event.getVideoId())
                .setSegment(0)
                .setFirstFrame(0)
                .setFrameCount(1)
                .setLast(true)
                .setWidth(512)
                .setHeight(256)
                .setFrameRate(24)
                .setCodec("h264")
                .setPacketSizes(List.of(4))
                .setChunk(0)
                .setChunkCount(1)
                .setBatchBytes(4)
                .setBatchCrc32c(1)
                .setCrc32c(1)
                .setData(ByteBuffer.wrap(new byte[4]))
                .build();
        send(Topic.FRAMES, event.getVideoId(), Wire.encode(broken));
        serve();

        ReceivedVideo video = ReceivedVideo.order(client, event);

        assertThat(video.bytes()).isNotEmpty();
        assertThat(deadLetters(1).get(0).getReason()).containsIgnoringCase("crc");
    }

    private PayloadRef rottenPayload(String videoId) throws Exception {
        ModelManifest model = ModelRepository.standard().find("drive").manifest();
        List<Integer> shape = List.of(
                model.latent().channels(),
                model.segment().keyframes(),
                model.latent().height(),
                model.latent().width());
        byte[] rot = new byte[shape.stream().reduce(Float.BYTES, Math::multiplyExact)];
        PayloadChunk chunk = new PayloadChunk("rotten", videoId, 0, 1, 12345L, ByteBuffer.wrap(rot));
        RecordMetadata lay = producer.send(new ProducerRecord<>(Topic.LATENTS.topicName(), videoId, Wire.encode(chunk)))
                .get();
        return new PayloadRef(
                "rotten",
                lay.topic(),
                lay.partition(),
                lay.offset(),
                1,
                (long) rot.length,
                12345L,
                ElementType.F32,
                shape);
    }

    private void assertRefused(PromptEvent event, String reason) {
        client.send(new Prompt(event));
        assertThat(ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.FAILED)
                        .getMessage())
                .contains(reason);
    }

    private void send(Topic topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.topicName(), key, value));
        producer.flush();
    }

    private List<DeadLetter> deadLetters(int count) {
        List<DeadLetter> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = letters()) {
            consumer.seek(LETTERS.get(0), letters);
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (found.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    found.add(Wire.decode(record.value(), DeadLetter.class));
                }
            }
        }
        return found;
    }

    private static KafkaConsumer<String, byte[]> letters() {
        Map<String, Object> settings = platform.kafka().with(Map.of("isolation.level", "read_committed"));
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(LETTERS);
        return consumer;
    }
}
