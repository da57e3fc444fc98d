package io.longtake.director;

import io.longtake.event.RecordTime;
import io.longtake.event.Topic;
import io.longtake.meter.OddRecords;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/** The director on Kafka Streams: prompts and results in; tasks, video events and dead letters out. */
public final class DirectorTopology {

    public static final String APPLICATION_ID = "longtake-director";

    static final String STORE = "videos";
    static final String TASKS = "tasks";
    static final String VIDEOS = "video-events";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String DIRECTOR = "director";

    private DirectorTopology() {}

    /**
     * To be run with {@code exactly_once_v2}: then a task is sent if and only if the state says so.
     *
     * @param lead how far videos get ahead of their viewers
     * @param meters where it counts
     */
    public static Topology build(Catalogue catalogue, Lead lead, MeterRegistry meters) {
        Deserializer<String> key = Serdes.String().deserializer();
        Serializer<String> keys = Serdes.String().serializer();
        Deserializer<byte[]> bytes = Serdes.ByteArray().deserializer();
        Serializer<Outgoing> encoded = (topic, record) -> record.value();
        TimestampExtractor time =
                (record, partitionTime) -> RecordTime.of(record.timestamp(), System.currentTimeMillis());
        return new Topology()
                .addSource(AutoOffsetReset.earliest(), "prompts", time, key, bytes, Topic.PROMPTS.topicName())
                .addSource(AutoOffsetReset.earliest(), "results", time, key, bytes, Topic.RESULTS.topicName())
                .addProcessor(
                        DIRECTOR,
                        () -> new DirectorProcessor(catalogue, lead, new OddRecords("director", meters)),
                        "prompts",
                        "results")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                                .withCachingDisabled(),
                        DIRECTOR)
                .addSink(TASKS, (videoId, task, context) -> task.topic().topicName(), keys, encoded, DIRECTOR)
                .addSink(VIDEOS, Topic.VIDEOS.topicName(), keys, encoded, DIRECTOR)
                .addSink(DEAD_LETTERS, Topic.DEAD_LETTERS.topicName(), keys, encoded, DIRECTOR);
    }
}
