package io.longtake.platform;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.DeadLetter;
import io.longtake.event.HostileRecords;
import io.longtake.event.HostileRecords.Hostile;
import io.longtake.event.PromptEvent;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.library.Library;
import io.longtake.library.LocalVideoStore;
import io.longtake.library.Patience;
import io.longtake.library.VideoHistory;
import io.longtake.meter.OddRecords;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of a topic survives a thousand records that nobody should send, says so of each that it can do nothing with, and
 * serves the next good one.
 */
class HostileRecordsIT {

    private static final long SEED = 20_261_130;
    private static final int A_TOPIC = 100;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** Those whose readers bury what they can do nothing with, and those whose reader passes over it. */
    private static final Set<Topic> BURYING = Set.of(
            Topic.PROMPTS,
            Topic.RESULTS,
            Topic.FRAMES,
            Topic.ofTasks("keyframes"),
            Topic.ofTasks("interpolate"),
            Topic.ofTasks("decode"),
            Topic.ofTasks("upsample"));

    private static final Set<Topic> SKIPPING = Set.of(Topic.PROMPTS, Topic.VIDEOS, Topic.SEGMENTS);

    @TempDir
    private Path data;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Platform platform;
    private LongtakeClient client;
    private Library library;

    private record Place(String topic, int partition, long offset) {}

    @BeforeEach
    void start() {
        platform = Platform.embedded(
                new DataDirectory(data),
                0,
                PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime").meters(meters));
        library = platform.openLibrary(new LocalVideoStore(data.resolve("videos")), Patience.none());
        client = LongtakeClient.create(platform.kafka());
    }

    @AfterEach
    void stop() {
        client.close();
        platform.close();
    }

    @Test
    void a_thousand_hostile_records_stop_nobody_and_the_next_prompt_is_served() throws Exception {
        anyTimeIsTaken();
        PromptEvent running = ReceivedVideo.prompt("a drive", 600, 1).build();
        client.send(new Prompt(running));
        ReceivedVideo.await(client, running.getVideoId(), VideoEventKind.STAGE_DONE);
        Set<Thread> before = roles();

        Map<Place, Hostile> sent = send(new HostileRecords(SEED, running.getVideoId()));
        client.video(running.getVideoId()).cancel("seen enough");
        ReceivedVideo video = ReceivedVideo.order(
                client, ReceivedVideo.prompt("a drive", 0.5, 1).build());

        assertThat(video.bytes()).isNotEmpty();
        assertThat(library.videos()
                        .await(
                                video.order().getVideoId(),
                                now -> now.status() == VideoHistory.Status.FINISHED,
                                DEADLINE)
                        .join())
                .hasValueSatisfying(now -> assertThat(now.status()).isEqualTo(VideoHistory.Status.FINISHED));
        assertThat(sent).hasSizeGreaterThanOrEqualTo(1000);
        assertThat(before).as("what did its work before does so still").allMatch(Thread::isAlive);
        assertThat(roles()).as("and nothing took its place").hasSameSizeAs(before);
        assertThat(platform.ready()).isTrue();
        assertThatEachIsBuriedOnce(sent);
        assertThatEachNewerOneIsParked(sent);
        assertThatEachIsPassedOver(sent);
    }

    private void assertThatEachIsBuriedOnce(Map<Place, Hostile> sent) {
        Set<Place> useless = sent.entrySet().stream()
                .filter(record -> record.getValue().kind().isUseless())
                .filter(record -> BURYING.contains(record.getValue().topic()))
                .map(Map.Entry::getKey)
                .collect(toSet());
        List<Place> buried = buried(useless, sent.keySet());

        assertThat(buried).as("at least what is useless").containsAll(useless);
        // A worker writes its letter before it acknowledges the task: its letters may come twice.
        List<Place> ofStreams = buried.stream()
                .filter(place -> !place.topic().contains("tasks"))
                .toList();
        assertThat(ofStreams).doesNotHaveDuplicates();
        assertThat(sent.keySet()).as("nothing but what is hostile").containsAll(ofStreams);
        ofStreams.stream().map(Place::topic).distinct().forEach(topic -> assertThat(count(OddRecords.BURIED, topic))
                .as("dead letters counted of " + topic)
                .isEqualTo(ofStreams.stream()
                        .filter(place -> place.topic().equals(topic))
                        .count()));
    }

    private void assertThatEachNewerOneIsParked(Map<Place, Hostile> sent) {
        BURYING.forEach(topic -> assertThat(count(OddRecords.PARKED, topic.topicName()))
                .as("records parked of " + topic)
                .isGreaterThanOrEqualTo(sent.values().stream()
                        .filter(record ->
                                record.topic() == topic && record.kind().isNewer())
                        .count()));
    }

    private void assertThatEachIsPassedOver(Map<Place, Hostile> sent) {
        for (Topic topic : SKIPPING) {
            // On the topic of prompts a useless one may be a prompt that makes sense and is refused: a librarian keeps
            // that.
            long min = topic == Topic.PROMPTS ? A_TOPIC * 5 / 10 : A_TOPIC * 8 / 10;
            assertThat(count(OddRecords.SKIPPED, topic.topicName()))
                    .as("records passed over of " + topic)
                    .isBetween((double) min, (double) A_TOPIC);
        }
    }

    private double count(String meter, String topic) {
        return meters.find(meter).tag("topic", topic).counters().stream()
                .filter(counter -> !"ended-videos".equals(counter.getId().getTag("reader")))
                .mapToDouble(Counter::count)
                .sum();
    }

    /** A broker may be told to take records of any time. */
    private void anyTimeIsTaken() throws Exception {
        AlterConfigOp any = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)),
                AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(platform.kafka().with(Map.of()))) {
            admin.incrementalAlterConfigs(Topic.all(ToyModel.STAGES).stream()
                            .collect(toMap(
                                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                                    topic -> List.of(any))))
                    .all()
                    .get();
        }
    }

    private Map<Place, Hostile> send(HostileRecords hostile) throws Exception {
        Map<Hostile, Future<RecordMetadata>> answers = new HashMap<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                platform.kafka().with(Map.of("linger.ms", "5", "acks", "1", "enable.idempotence", "false")),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (Topic topic : Topic.all(ToyModel.STAGES)) {
                for (Hostile record : hostile.on(topic, A_TOPIC)) {
                    answers.put(record, producer.send(asKafkaTakesIt(record)));
                }
            }
        }
        Map<Place, Hostile> sent = new HashMap<>();
        for (Map.Entry<Hostile, Future<RecordMetadata>> answer : answers.entrySet()) {
            RecordMetadata lies = answer.getValue().get();
            sent.put(new Place(lies.topic(), lies.partition(), lies.offset()), answer.getKey());
        }
        return sent;
    }

    private static ProducerRecord<String, byte[]> asKafkaTakesIt(Hostile record) {
        String topic = record.topic().topicName();
        // The constructor refuses a record without a time; other clients do not.
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic, null, null, record.key(), record.value()) {
            @Override
            public Long timestamp() {
                return record.time() == 0 ? null : Long.valueOf(record.time());
            }
        };
        for (int i = 0; i < record.headers(); i++) {
            sent.headers().add("traceparent", new byte[100]);
        }
        return sent;
    }

    /**
     * Where the records lay that are buried, once all of these are.
     *
     * @param hostile some lie among the letters and look like one
     */
    private List<Place> buried(Set<Place> awaited, Set<Place> hostile) {
        List<Place> places = new ArrayList<>();
        Map<String, Object> settings = platform.kafka().with(Map.of("isolation.level", "read_committed"));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(Topic.DEAD_LETTERS.topicName(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (!places.containsAll(awaited) && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (!hostile.contains(new Place(record.topic(), record.partition(), record.offset()))) {
                        DeadLetter letter = Wire.decode(record.value(), DeadLetter.class);
                        places.add(new Place(letter.getTopic(), letter.getPartition(), letter.getOffset()));
                    }
                }
            }
        }
        return places;
    }

    /** The threads that do the roles' work. */
    private static Set<Thread> roles() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName()
                        .matches("longtake-(director|stitcher).*StreamThread.*"
                                + "|longtake-librarian|longtake-ended-videos|worker-.*(?<!-compute)"))
                .collect(toSet());
    }
}
