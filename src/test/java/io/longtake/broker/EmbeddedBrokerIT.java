package io.longtake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Replication;
import io.longtake.event.Topic;
import io.longtake.event.TopicsAdmin;
import io.longtake.model.ToyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    private static final String TOPIC = Topic.PROMPTS.topicName();

    @TempDir
    Path directory;

    @Test
    void a_killed_broker_comes_back_with_everything_that_it_acknowledged() throws Exception {
        try (EmbeddedBroker broker = start()) {
            KafkaConnection kafka = KafkaConnection.to(broker.bootstrapServers());
            new TopicsAdmin(ToyModel.STAGES, 1, Replication.of(1), Duration.ofSeconds(30)).ensure(kafka);
            produce(kafka, "kept");
            ProcessHandle child = ProcessHandle.of(broker.pid()).orElseThrow();
            child.destroyForcibly();
            child.onExit().get();
        }
        try (EmbeddedBroker again = start()) {
            KafkaConnection kafka = KafkaConnection.to(again.bootstrapServers());
            produce(kafka, "after");
            assertThat(consume(kafka, 2)).containsExactly("kept", "after");
        }
    }

    @Test
    void a_broker_comes_back_at_the_address_that_it_had() {
        EmbeddedBroker first = start();
        first.close();
        assertThat(first.ended().join()).isZero();
        try (EmbeddedBroker again = start()) {
            assertThat(again.bootstrapServers()).isEqualTo(first.bootstrapServers());
        }
    }

    @Test
    void closing_ends_the_child_and_frees_its_directory() {
        EmbeddedBroker first = start();
        assertThat(first.isAlive()).isTrue();
        first.close();
        assertThat(first.isAlive()).isFalse();
        start().close();
    }

    @Test
    void a_directory_serves_one_broker_at_a_time() {
        try (EmbeddedBroker broker = start()) {
            assertThatThrownBy(() -> KRaftNode.start(directory, 0, Map.of(), Map.of(), Duration.ZERO))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(directory.toString());
            assertThat(broker.isAlive()).isTrue();
        }
    }

    @Test
    void a_broker_that_cannot_start_shows_the_end_of_its_log() throws Exception {
        Files.writeString(directory.resolve("log"), "a file where the broker wants a folder", StandardCharsets.UTF_8);

        assertThatThrownBy(this::start)
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("ended before it was ready")
                .hasMessageContaining(directory.resolve("kafka.log").toString())
                .hasMessageContaining("cannot make data directory");
    }

    private EmbeddedBroker start() {
        return EmbeddedBroker.start(directory, directory.resolve("kafka.log"), 0, EmbeddedBroker.START_DEADLINE);
    }

    private static void produce(KafkaConnection kafka, String value) throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
        }
    }

    private static List<String> consume(KafkaConnection kafka, int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka.with(Map.of()), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new java.util.ArrayList<>();
            while (values.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }
}
