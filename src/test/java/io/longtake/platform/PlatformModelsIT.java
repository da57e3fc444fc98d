package io.longtake.platform;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.broker.SharedBroker;
import io.longtake.director.Catalogue;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The models that processes of a platform tell each other of. Tests keep apart by the names of their models. */
@ExtendWith(SharedBroker.class)
class PlatformModelsIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @TempDir
    private Path disk;

    private final KafkaConnection kafka;
    private final String name = "toy-" + UUID.randomUUID();

    PlatformModelsIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @Test
    void a_model_that_only_a_worker_has_can_be_ordered_from_a_machine_without_it() {
        StoredModel toy = install("worker", "1");
        published("worker");

        Catalogue elsewhere = PlatformModels.read(kafka, nothing(), false);

        assertThat(elsewhere.find(name)).hasValueSatisfying(found -> {
            assertThat(found.digest()).isEqualTo(toy.digest());
            assertThat(found.manifest()).isEqualTo(toy.manifest());
        });
        assertThat(elsewhere.names()).contains(name);
    }

    @Test
    void what_only_this_disk_has_cannot_be_ordered_of_a_platform_unless_this_process_runs_it() throws Exception {
        install("worker", "1");
        published("worker");
        ModelRepository here = new ModelRepository(List.of(disk.resolve("here")));
        String mine = "mine-" + UUID.randomUUID();
        install("here", mine, "1");

        assertThat(PlatformModels.read(kafka, here, false).find(mine)).isEmpty();
        assertThat(PlatformModels.read(kafka, here, true).find(mine)).isPresent();
        assertThat(PlatformModels.read(kafka, here, true).names()).contains(mine, name);
    }

    @Test
    void the_newest_version_is_ordered_and_a_video_goes_on_with_its_own() {
        StoredModel nine = install("old worker", "9");
        StoredModel ten = install("new worker", "10");
        published("new worker");
        published("old worker");

        Catalogue models = PlatformModels.read(kafka, nothing(), false);

        assertThat(models.find(name))
                .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(ten.digest()));
        assertThat(models.find(name, nine.digest()))
                .hasValueSatisfying(
                        found -> assertThat(found.manifest().version()).isEqualTo("9"));
        assertThat(models.find(name, "0".repeat(64))).isEmpty();
    }

    @Test
    void whoever_follows_hears_of_a_model_and_that_it_was_taken_back() throws Exception {
        StoredModel toy = install("worker", "1");
        try (ModelsRole director = ModelsRole.following(kafka, without())) {
            assertThat(director.catalogue().find(name)).isEmpty();

            published("worker");
            await(() -> director.catalogue().find(name).isPresent());
            send(name + "/1/" + toy.digest(), null);

            await(() -> director.catalogue().find(name).isEmpty());
            assertThat(director.ready()).isTrue();
        }
    }

    @Test
    void a_model_that_is_known_is_not_published_again() throws Exception {
        install("worker", "1");
        published("worker");
        long before = records();

        published("worker");

        assertThat(records()).isEqualTo(before);
    }

    @Test
    void what_is_no_model_is_passed_over() throws Exception {
        send("garbage", new byte[] {1, 2, 3});
        install("worker", "1");
        published("worker");

        assertThat(PlatformModels.read(kafka, nothing(), false).find(name)).isPresent();
    }

    @Test
    void a_platform_of_an_earlier_version_has_no_such_topic_and_does_not_get_it_by_being_asked(@TempDir Path node)
            throws Exception {
        try (KRaftNode earlier = KRaftNode.start(node, 0)) {
            KafkaConnection connection = KafkaConnection.to(earlier.bootstrapServers());
            install("here", "1");

            Catalogue models =
                    PlatformModels.read(connection, new ModelRepository(List.of(disk.resolve("here"))), false);

            assertThat(models.names()).containsExactly(name);
            try (Admin admin = Admin.create(connection.with(Map.of()))) {
                assertThat(admin.listTopics().names().get()).isEmpty();
            }
        }
    }

    /** A process that runs the models of a folder joins, tells of them, and ends. */
    private void published(String folder) {
        PlatformSettings settings =
                PlatformSettings.of(new ModelRepository(List.of(disk.resolve(folder))), "OnnxRuntime");
        try (ModelsRole worker = ModelsRole.publishing(kafka, settings)) {
            await(worker::ready);
        }
    }

    private PlatformSettings without() {
        return PlatformSettings.of(nothing(), "OnnxRuntime");
    }

    private ModelRepository nothing() {
        return new ModelRepository(List.of(disk.resolve("nothing")));
    }

    private StoredModel install(String folder, String version) {
        return install(folder, name, version);
    }

    private StoredModel install(String folder, String model, String version) {
        Path root = disk.resolve(folder);
        ToyModel.copy(root, manifest -> manifest.put("name", model).put("version", version));
        try {
            Files.createDirectories(root.resolve(model));
            Files.move(root.resolve("toy").resolve("1"), root.resolve(model).resolve(version));
            Files.delete(root.resolve("toy"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new ModelRepository(List.of(root)).find(model);
    }

    private void send(String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.MODELS.topicName(), key, value))
                    .get();
        }
    }

    /** How many there were so far. */
    private long records() throws Exception {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, SharedBroker.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topic.MODELS.topicName(), partition))
                .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
