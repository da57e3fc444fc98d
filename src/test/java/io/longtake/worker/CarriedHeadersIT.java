package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a task's record says besides its task goes on to all that comes of it. */
@ExtendWith(SharedBroker.class)
class CarriedHeadersIT {

    private static final Headers CAUSE =
            new RecordHeaders().add("traceparent", new byte[] {1}).add("tenant", new byte[] {2});

    private final String video = UUID.randomUUID().toString();
    private KafkaConnection kafka;
    private Crew crew;

    @BeforeEach
    void prepare(KafkaConnection kafka) {
        this.kafka = kafka;
        this.crew = new Crew(kafka);
        ShareGroup.configure(kafka, 15_000);
    }

    @AfterEach
    void stop() {
        crew.close();
    }

    @Test
    void of_a_task_to_the_payload_and_the_result() {
        crew.work("only", (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 2, 3)));

        send(Tasks.keyframes(video, 1).build());

        assertThat(headers(Topic.RESULTS)).containsExactly(CAUSE);
        assertThat(headers(Topic.LATENTS)).containsExactly(CAUSE);
    }

    @Test
    void of_a_task_to_the_frames_and_the_result() {
        crew.work("only", (input, cancellation) -> StageOutputs.of(new Frames(1, 2, 4, new byte[2 * 4 * 3])));

        send(Tasks.keyframes(video, 1)
                .setPublish(true)
                .setCodec("raw")
                .setFrameCount(1)
                .build());

        assertThat(headers(Topic.RESULTS)).containsExactly(CAUSE);
        assertThat(headers(Topic.FRAMES)).containsExactly(CAUSE);
    }

    @Test
    void of_a_task_that_cannot_be_done_to_the_result() {
        crew.work("only", (input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)));

        send(Tasks.keyframes(video, 1).setFrameCount(-1).build());

        assertThat(headers(Topic.RESULTS)).containsExactly(CAUSE);
    }

    /** One of them twice: it goes on once. */
    private void send(StageTask task) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.ofTasks("keyframes").topicName(), 0, video, Wire.encode(task));
        record.headers().add("traceparent", new byte[] {9});
        CAUSE.forEach(record.headers()::add);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Of the video's records on a topic, once there is one. */
    private List<Headers> headers(Topic topic) {
        List<Headers> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Waiting.until("a record on " + topic, () -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (video.equals(record.key())) {
                        found.add(record.headers());
                    }
                }
                return !found.isEmpty();
            });
        }
        return found;
    }
}
