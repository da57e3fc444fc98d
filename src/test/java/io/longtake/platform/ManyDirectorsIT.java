package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.ForeignProgram;
import io.longtake.broker.GroupAnswer;
import io.longtake.broker.KRaftNode;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.CancelEvent;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Replication;
import io.longtake.event.Topic;
import io.longtake.event.TopicsAdmin;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three processes' directors and stitchers share the videos of six partitions. */
class ManyDirectorsIT {

    private static final int PARTITIONS = 6;
    private static final ModelRepository MODELS = new ModelRepository(List.of(ToyModel.ROOT));

    private static final PlatformSettings SETTINGS =
            PlatformSettings.of(MODELS, "OnnxRuntime").firstModel("toy");

    /** Clients whose keys Kafka's Java clients hash otherwise. */
    enum Foreign {
        KCAT {
            @Override
            void require() throws InterruptedException {
                ForeignProgram.require("kcat", "kcat", "-V");
            }

            @Override
            List<String> command(String bootstrap, String topic, String key, Path value) {
                return List.of("kcat", "-P", "-b", bootstrap, "-t", topic, "-k", key, value.toString());
            }
        },
        CONFLUENT_KAFKA {
            private static final String SEND =
                    """
                    import sys
                    from confluent_kafka import Producer
                    bootstrap, topic, key, value = sys.argv[1:]
                    producer = Producer({"bootstrap.servers": bootstrap})
                    with open(value, "rb") as file:
                        producer.produce(topic, key=key, value=file.read())
                    sys.exit(producer.flush(30))
                    """;

            @Override
            void require() throws InterruptedException {
                ForeignProgram.require(
                        ForeignProgram.PYTHON + " with confluent_kafka",
                        ForeignProgram.PYTHON,
                        "-c",
                        "import confluent_kafka");
            }

            @Override
            List<String> command(String bootstrap, String topic, String key, Path value) {
                return List.of(ForeignProgram.PYTHON, "-c", SEND, bootstrap, topic, key, value.toString());
            }
        };

        abstract void require() throws InterruptedException;

        abstract List<String> command(String bootstrap, String topic, String key, Path value);
    }

    @TempDir
    private static Path data;

    private static KRaftNode node;
    private static KafkaConnection kafka;
    private static final List<Platform> PLATFORMS = new ArrayList<>();
    private static LongtakeClient client;

    @BeforeAll
    static void start() throws Exception {
        node = KRaftNode.start(data.resolve("broker"), 0);
        kafka = KafkaConnection.to(node.bootstrapServers());
        new TopicsAdmin(ToyModel.STAGES, PARTITIONS, Replication.of(1), Duration.ofSeconds(30)).ensure(kafka);
        for (String name : List.of("one", "two", "three")) {
            PLATFORMS.add(Platform.joined(kafka, new DataDirectory(data.resolve(name)), SETTINGS));
        }
        client = LongtakeClient.create(kafka);
        TakenOverIT.until(
                "all share the work",
                () -> GroupAnswer.membersWithTasks(kafka, "longtake-director") == 3
                        && GroupAnswer.membersWithTasks(kafka, "longtake-stitcher") == 3);
    }

    @AfterAll
    static void stop() {
        client.close();
        PLATFORMS.forEach(Platform::close);
        node.close();
    }

    @Test
    void they_make_thirty_videos_byte_for_byte_as_one_would() {
        List<PromptEvent> orders =
                IntStream.range(0, 30).mapToObj(seed -> order(1, seed)).toList();
        orders.forEach(order -> client.send(new Prompt(order)));

        for (PromptEvent order : orders) {
            assertThat(ReceivedVideo.receive(client, order).bytes()).isEqualTo(WholeVideoIT.bare(MODELS, order));
        }
    }

    @ParameterizedTest
    @EnumSource
    void prompts_and_cancels_of_clients_that_hash_keys_otherwise_find_their_director(Foreign foreign) throws Exception {
        foreign.require();
        List<PromptEvent> orders =
                IntStream.range(0, 4).mapToObj(seed -> order(2, seed)).toList();
        List<PromptEvent> longOnes =
                IntStream.range(0, 4).mapToObj(seed -> order(60, seed)).toList();
        for (PromptEvent order : orders) {
            send(foreign, order.getVideoId(), Wire.encode(order));
        }
        for (PromptEvent order : longOnes) {
            send(foreign, order.getVideoId(), Wire.encode(order));
            send(foreign, order.getVideoId(), Wire.encode(new CancelEvent(order.getVideoId(), "seen enough")));
        }

        for (PromptEvent order : orders) {
            assertThat(ReceivedVideo.receive(client, order).bytes()).isEqualTo(WholeVideoIT.bare(MODELS, order));
        }
        for (PromptEvent order : longOnes) {
            assertThat(ReceivedVideo.await(client, order.getVideoId(), VideoEventKind.CANCELLED)
                            .getMessage())
                    .isEqualTo("seen enough");
        }
    }

    @Test
    void a_cancel_from_another_language_ends_what_was_ordered_in_java() throws Exception {
        Foreign.KCAT.require();
        for (int seed = 0; seed < 4; seed++) {
            PromptEvent order = order(60, seed);
            client.send(new Prompt(order));
            ReceivedVideo.await(client, order.getVideoId(), VideoEventKind.ACCEPTED);

            send(Foreign.KCAT, order.getVideoId(), Wire.encode(new CancelEvent(order.getVideoId(), "no more")));

            assertThat(ReceivedVideo.await(client, order.getVideoId(), VideoEventKind.CANCELLED)
                            .getMessage())
                    .isEqualTo("no more");
        }
    }

    private static PromptEvent order(double seconds, long seed) {
        return ReceivedVideo.prompt("a drive", seconds, seed)
                .setModel("toy")
                .setCodec("raw")
                .build();
    }

    private static void send(Foreign foreign, String key, byte[] value) throws IOException, InterruptedException {
        Path file = Files.write(Files.createTempFile(data, "record", ".avro"), value);
        Process sender = new ProcessBuilder(
                        foreign.command(kafka.bootstrapServers(), Topic.PROMPTS.topicName(), key, file))
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("sender.log").toFile())
                .start();
        assertThat(sender.waitFor()).as(() -> said(file)).isZero();
    }

    private static String said(Path file) {
        try {
            return Files.readString(file.resolveSibling("sender.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
