package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.PublishedModel;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.meter.OddRecords;
import io.longtake.model.ManifestFile;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PublishedModelsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PublishedModels models = new PublishedModels(new OddRecords("catalogue", meters));
    private final StoredModel toy = ToyModel.stored();

    @Test
    void a_model_is_what_its_worker_has() {
        take(PublishedModels.record(toy));

        assertThat(models.find("toy")).hasValueSatisfying(found -> {
            assertThat(found.digest()).isEqualTo(toy.digest());
            assertThat(found.manifest()).isEqualTo(toy.manifest());
        });
        assertThat(models.names()).containsExactly("toy");
        assertThat(models.isEmpty()).isFalse();
    }

    @Test
    void of_two_models_of_one_version_the_one_that_was_published_last_is_ordered() {
        take(record("10", "first"), 2_000);
        take(record("10", "last"), 3_000);
        take(record("10", "before"), 1_000);
        take(record("9", "older"), 4_000);

        assertThat(models.find("toy").orElseThrow().manifest().description()).isEqualTo("last");
        assertThat(models.find("toy").orElseThrow().manifest().version()).isEqualTo("10");
    }

    @Test
    void a_record_without_a_value_takes_its_model_back_and_no_other() {
        ProducerRecord<String, byte[]> ten = record("10", "a");
        take(record("9", "b"), 1);
        take(ten, 2);

        take(new ProducerRecord<>(ten.topic(), ten.key(), null));

        assertThat(models.find("toy").orElseThrow().manifest().version()).isEqualTo("9");
    }

    @Test
    void what_is_not_the_model_that_it_says_is_passed_over_and_counted() {
        ProducerRecord<String, byte[]> good = PublishedModels.record(toy);
        byte[] json = ManifestFile.bytes(toy);
        take(new ProducerRecord<>(good.topic(), "toy/2/" + toy.digest(), good.value()));
        take(new ProducerRecord<>(good.topic(), good.key(), published("0".repeat(64), json)));
        take(new ProducerRecord<>(good.topic(), good.key(), published(toy.digest(), new byte[] {'{'})));
        take(new ProducerRecord<>(good.topic(), good.key(), new byte[] {1}));

        assertThat(models.isEmpty()).isTrue();
        assertThat(meters.get(OddRecords.SKIPPED).counter().count()).isEqualTo(4);
    }

    @Test
    void no_more_are_kept_than_any_platform_has() {
        for (int version = 0; version < PublishedModels.MAX_MODELS; version++) {
            take(record(Integer.toString(version), "one of many"), version);
        }

        take(record("100000", "one too many"), 1);

        assertThat(models.find("toy").orElseThrow().manifest().description()).isEqualTo("one of many");
        assertThat(meters.get(OddRecords.SKIPPED).counter().count()).isEqualTo(1);
    }

    /** The toy model as another version. */
    private ProducerRecord<String, byte[]> record(String version, String description) {
        String json = new String(ManifestFile.bytes(toy), StandardCharsets.UTF_8)
                .replaceFirst("\"version\": *\"[^\"]*\"", "\"version\": \"" + version + "\"")
                .replaceFirst("\"description\": *\"[^\"]*\"", "\"description\": \"" + description + "\"");
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String digest = ManifestFile.of(bytes).digest();
        return new ProducerRecord<>(
                Topic.MODELS.topicName(), "toy/" + version + "/" + digest, published(digest, bytes));
    }

    private static byte[] published(String digest, byte[] json) {
        return Wire.encode(new PublishedModel("toy", "1", digest, ByteBuffer.wrap(json)));
    }

    private void take(ProducerRecord<String, byte[]> record) {
        take(record, 0);
    }

    private void take(ProducerRecord<String, byte[]> record, long at) {
        models.take(new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                at,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(),
                Optional.empty()));
    }
}
