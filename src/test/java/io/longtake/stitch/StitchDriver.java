package io.longtake.stitch;

import io.longtake.event.DeadLetter;
import io.longtake.event.FragmentChunk;
import io.longtake.event.FrameChunk;
import io.longtake.event.ParkedRecord;
import io.longtake.event.SegmentStitched;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.payload.FragmentRecords;
import io.longtake.payload.FrameBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The stitching topology without a broker; its log of frames is a list, where an offset is an index. */
final class StitchDriver implements AutoCloseable {

    /** Streams tells every step. Held, because loggers are collected with their levels. */
    private static final Logger QUIET = Logger.getLogger("org.apache.kafka");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final List<byte[]> log = new ArrayList<>();
    private final List<FragmentChunk> fragments = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> frames;

    StitchDriver(Path state) {
        this(state, StitchSettings.DEFAULT);
    }

    StitchDriver(Path state, StitchSettings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, StitchTopology.APPLICATION_ID);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(
                StitchTopology.build(() -> this::fetch, settings, new SimpleMeterRegistry()),
                properties,
                Instant.ofEpochMilli(1_000_000));
        frames = driver.createInputTopic(Topic.FRAMES.topicName(), new StringSerializer(), new ByteArraySerializer());
    }

    private List<FrameChunk> fetch(int partition, List<Long> offsets) {
        return offsets.stream()
                .map(offset -> Wire.decode(log.get(offset.intValue()), FrameChunk.class))
                .toList();
    }

    void send(FrameBatch batch) {
        batch.toChunks().forEach(this::send);
    }

    void send(FrameChunk chunk) {
        send(chunk.getVideoId(), Wire.encode(chunk));
    }

    void send(String key, byte[] value) {
        send(key, value, 5_000);
    }

    void send(String key, byte[] value, long time) {
        log.add(value);
        frames.pipeInput(key, value, Instant.ofEpochMilli(time));
    }

    void sendWith(Headers headers, FrameChunk chunk) {
        byte[] value = Wire.encode(chunk);
        log.add(value);
        frames.pipeInput(new TestRecord<>(chunk.getVideoId(), value, headers, 5_000L));
    }

    /** Of all new records of a topic. */
    List<Headers> headers(Topic topic) {
        return driver
                .createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(TestRecord::headers)
                .toList();
    }

    /** What lies in the log from now on is another record. */
    void replace(int offset, byte[] value) {
        log.set(offset, value);
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** A video's file so far. */
    byte[] file(String videoId) {
        Map<Integer, List<FragmentChunk>> parts = new LinkedHashMap<>();
        for (FragmentChunk fragment : fragments()) {
            if (fragment.getVideoId().equals(videoId)) {
                parts.computeIfAbsent(fragment.getFragment(), f -> new ArrayList<>())
                        .add(fragment);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        parts.values().forEach(part -> file.writeBytes(FragmentRecords.join(part)));
        return file.toByteArray();
    }

    /** All records of the video topic so far. */
    List<FragmentChunk> fragments() {
        fragments.addAll(read(Topic.SEGMENTS, FragmentChunk.class));
        return fragments;
    }

    /** New since the last call, as are the dead letters. */
    List<SegmentStitched> results() {
        return read(Topic.RESULTS, SegmentStitched.class);
    }

    List<DeadLetter> deadLetters() {
        return read(Topic.DEAD_LETTERS, DeadLetter.class);
    }

    List<ParkedRecord> parked() {
        return read(Topic.PARKED, ParkedRecord.class);
    }

    /** What is stored under a key is something else from now on. */
    void store(String store, String key, byte[] value) {
        driver.<String, byte[]>getKeyValueStore(store).put(key, value);
    }

    /** Everything that a store holds. */
    Map<String, byte[]> stored(String store) {
        Map<String, byte[]> stored = new LinkedHashMap<>();
        try (KeyValueIterator<String, byte[]> all =
                driver.<String, byte[]>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> stored.put(entry.key, entry.value));
        }
        return stored;
    }

    /** Entries of both stores. */
    int remembered() {
        int entries = 0;
        for (String name : List.of(StitcherStores.VIDEOS, StitcherStores.COPIES)) {
            try (KeyValueIterator<Object, Object> all =
                    driver.getKeyValueStore(name).all()) {
                while (all.hasNext()) {
                    all.next();
                    entries++;
                }
            }
        }
        return entries;
    }

    /** Takes over the stores of another, as a restart does. */
    void restore(StitchDriver other) {
        for (String name : List.of(StitcherStores.VIDEOS, StitcherStores.COPIES)) {
            try (KeyValueIterator<Object, Object> all =
                    other.driver.getKeyValueStore(name).all()) {
                while (all.hasNext()) {
                    KeyValue<Object, Object> entry = all.next();
                    driver.getKeyValueStore(name).put(entry.key, entry.value);
                }
            }
        }
    }

    private <T extends SpecificRecordBase> List<T> read(Topic topic, Class<T> kind) {
        return driver.createOutputTopic(
                        topic.topicName(), new StringDeserializer(), (name, bytes) -> Wire.decode(bytes, kind))
                .readValuesToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
