package io.longtake.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.FragmentChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.payload.FragmentRecords;
import io.longtake.payload.FrameBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The stitcher on a real broker, stopped in mid-video and started again on an empty disk. */
@ExtendWith(SharedBroker.class)
class StitchIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @TempDir
    Path state;

    private final String videoId = UUID.randomUUID().toString();
    private final KafkaConnection kafka;
    private final KafkaProducer<String, byte[]> worker;
    private final KafkaConsumer<String, byte[]> viewer;
    private final List<FragmentChunk> seen = new ArrayList<>();

    StitchIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.worker = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "worker-" + videoId)),
                new StringSerializer(),
                new ByteArraySerializer());
        this.viewer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        worker.close();
        viewer.close();
    }

    @Test
    void a_video_survives_disorder_copies_aborted_batches_and_a_lost_disk() {
        worker.initTransactions();
        watch();
        try (KafkaStreams first = stitcher("first")) {
            first.start();
            publish(false, large(0));
            publish(true, large(1), large(0));
            publish(true, large(3));
            await(3);
        }

        try (KafkaStreams second = stitcher("second")) {
            second.start();
            publish(true, large(0), large(2), large(2));
            publish(true, Batches.raw(videoId, 4, true, 700, 500), large(3));
            await(6);
        }

        assertThat(seen).extracting(FragmentChunk::getFragment).containsSubsequence(0, 1, 2, 3, 4, 5);
        assertThat(seen).filteredOn(fragment -> fragment.getChunk() == 0).hasSize(6);
        assertThat(file()).isEqualTo(Batches.video(large(0), large(1), large(2), large(3), large(4)));
    }

    private FrameBatch large(int segment) {
        return Batches.raw(videoId, segment, false, 700, 500);
    }

    private KafkaStreams stitcher(String disk) {
        Properties properties = new Properties();
        properties.putAll(kafka.with(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                StitchTopology.APPLICATION_ID + "-" + videoId,
                StreamsConfig.STATE_DIR_CONFIG,
                state.resolve(disk).toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                // A stopped stitcher stays a member of its group until this has passed.
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                "10000",
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                "1000")));
        return new KafkaStreams(
                StitchTopology.build(
                        () -> new KafkaFrameFetcher(kafka, KafkaFrameFetcher.DEADLINE),
                        StitchSettings.DEFAULT,
                        new SimpleMeterRegistry()),
                properties);
    }

    private void publish(boolean commit, FrameBatch... batches) {
        worker.beginTransaction();
        for (FrameBatch batch : batches) {
            batch.toChunks()
                    .forEach(chunk ->
                            worker.send(new ProducerRecord<>(Topic.FRAMES.topicName(), videoId, Wire.encode(chunk))));
        }
        if (commit) {
            worker.flush(); // a commit alone may overtake what was sent last
            worker.commitTransaction();
        } else {
            worker.abortTransaction();
        }
    }

    private void watch() {
        List<TopicPartition> partitions = viewer.partitionsFor(Topic.SEGMENTS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        viewer.assign(partitions);
        viewer.seekToBeginning(partitions);
    }

    /** Until so many fragments, the header among them, are whole. */
    private void await(int fragments) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (seen.stream()
                        .filter(record -> record.getChunk() == record.getChunkCount() - 1)
                        .count()
                < fragments) {
            assertThat(System.nanoTime())
                    .as("records there are %d, awaiting %d whole fragments", seen.size(), fragments)
                    .isLessThan(deadline);
            for (ConsumerRecord<String, byte[]> record : viewer.poll(Duration.ofSeconds(1))) {
                if (videoId.equals(record.key())) {
                    seen.add(Wire.decode(record.value(), FragmentChunk.class));
                }
            }
        }
    }

    private byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (FragmentChunk record : seen) {
            FragmentRecords.check(record);
            file.writeBytes(record.getData().array());
        }
        return file.toByteArray();
    }
}
