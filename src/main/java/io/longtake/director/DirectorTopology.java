package io.longtake.director;

import io.longtake.event.Outgoing;
import io.longtake.event.ParkedKey;
import io.longtake.event.Partitioning;
import io.longtake.event.RecordDecoder;
import io.longtake.event.RecordTime;
import io.longtake.event.Topic;
import io.longtake.meter.OddRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/** The director on Kafka Streams: prompts and results in; tasks, video events, dead letters and parked records out. */
public final class DirectorTopology {

    public static final String APPLICATION_ID = "longtake-director";

    /** Whose the records are that it parks. */
    public static final String READER = "director";

    /** What it reads. */
    public static final Set<Topic> READ = Set.of(Topic.PROMPTS, Topic.RESULTS);

    static final String STORE = "videos";

    /** The topics that keep its state; Kafka Streams names them. */
    public static List<String> changelogs() {
        return List.of(APPLICATION_ID + "-" + STORE + "-changelog");
    }

    private static final String TASKS = "tasks";
    private static final String VIDEOS = "video-events";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String PARKED = "parked";
    private static final String HOME = "home-partition";
    private static final String DIRECTOR = "director";

    private DirectorTopology() {}

    /** The sink of what goes to a topic. */
    static String sink(Outgoing record) {
        if (record.topic().equals(Topic.VIDEOS.topicName())) {
            return VIDEOS;
        } else if (record.topic().equals(Topic.DEAD_LETTERS.topicName())) {
            return DEAD_LETTERS;
        }
        if (record.topic().equals(Topic.PROMPTS.topicName())) {
            return HOME;
        }
        return record.topic().equals(Topic.PARKED.topicName()) ? PARKED : TASKS;
    }

    /** Of this version, which takes nothing up that was parked, and sends all that can be sent. */
    public static Topology build(Catalogue catalogue, Lead lead, MeterRegistry meters) {
        return build(
                catalogue,
                lead,
                Partitioning.SINGLE,
                () -> Workers.UNKNOWN,
                meters,
                RecordDecoder.ours(),
                partition -> {});
    }

    /**
     * To be run with {@code exactly_once_v2}: then a task is sent if and only if the state says so.
     *
     * @param lead how far videos get ahead of their viewers
     * @param partitions of the topics that it reads
     * @param workers as they are now
     * @param meters where it counts
     * @param decoder of what it reads
     * @param begun told of each partition that this begins to read; not to keep the caller waiting
     */
    public static Topology build(
            Catalogue catalogue,
            Lead lead,
            Partitioning partitions,
            Supplier<Workers> workers,
            MeterRegistry meters,
            RecordDecoder decoder,
            IntConsumer begun) {
        TaskPlacement placement = new TaskPlacement(() -> workers.get().owners(), System::currentTimeMillis);
        OwedVideo owed = new OwedVideo(meters);
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
                        () -> new DirectorProcessor(
                                catalogue,
                                lead,
                                partitions,
                                workers,
                                new OddRecords(READER, meters),
                                decoder,
                                begun,
                                placement,
                                owed.share()),
                        "prompts",
                        "results")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                                .withCachingDisabled(),
                        DIRECTOR)
                .addSink(TASKS, (videoId, task, context) -> task.topic(), keys, encoded, placement, DIRECTOR)
                .addSink(VIDEOS, Topic.VIDEOS.topicName(), keys, encoded, DIRECTOR)
                .addSink(DEAD_LETTERS, Topic.DEAD_LETTERS.topicName(), keys, encoded, DIRECTOR)
                .addSink(
                        HOME,
                        Topic.PROMPTS.topicName(),
                        keys,
                        encoded,
                        (topic, videoId, record, number) -> Optional.of(Set.of(record.partition())),
                        DIRECTOR)
                .addSink(
                        PARKED,
                        Topic.PARKED.topicName(),
                        keys,
                        encoded,
                        (topic, place, parked, number) ->
                                ParkedKey.parse(place).map(lay -> Set.of(lay.partition() % number)),
                        DIRECTOR);
    }
}
