package io.longtake.stitch;

import io.longtake.event.ParkedKey;
import io.longtake.event.RecordDecoder;
import io.longtake.event.RecordTime;
import io.longtake.event.Topic;
import io.longtake.meter.OddRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * {@code longtake.frames} in; {@code longtake.segments}, {@code longtake.results}, {@code longtake.dead-letters} and {@code longtake.parked} out.
 * What comes out depends on what comes in, and on nothing else. Run it as {@link #APPLICATION_ID} with {@code
 * exactly_once_v2}, or a crash may repeat a fragment.
 */
public final class StitchTopology {

    public static final String APPLICATION_ID = "longtake-stitcher";

    /** The topics that keep its state; Kafka Streams names them. */
    public static List<String> changelogs() {
        return StitcherStores.stores().stream()
                .map(store -> APPLICATION_ID + "-" + store.name() + "-changelog")
                .toList();
    }

    /** Whose the records are that it parks. */
    public static final String READER = "stitcher";

    /** What it reads. */
    public static final Set<Topic> READ = Set.of(Topic.FRAMES);

    private static final String FRAMES = "frames";
    private static final String STITCHER = "stitcher";

    private StitchTopology() {}

    /** Of this version, which takes nothing up that was parked. */
    public static Topology build(Supplier<FrameFetcher> fetchers, StitchSettings settings, MeterRegistry meters) {
        return build(fetchers, settings, meters, RecordDecoder.ours(), partition -> {});
    }

    /**
     * @param fetchers makes one for each task; the task closes it
     * @param meters where it counts
     * @param decoder of what it reads
     * @param begun told of each partition that this begins to read; not to keep the caller waiting
     */
    public static Topology build(
            Supplier<FrameFetcher> fetchers,
            StitchSettings settings,
            MeterRegistry meters,
            RecordDecoder decoder,
            IntConsumer begun) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                FRAMES,
                (record, partitionTime) -> RecordTime.of(record.timestamp(), System.currentTimeMillis()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topic.FRAMES.topicName());
        topology.addProcessor(
                STITCHER,
                () -> new Stitcher(fetchers.get(), settings, new OddRecords(READER, meters), decoder, begun),
                FRAMES);
        StitcherStores.stores().forEach(store -> topology.addStateStore(store, STITCHER));
        for (Topic out : new Topic[] {Topic.SEGMENTS, Topic.RESULTS, Topic.DEAD_LETTERS}) {
            topology.addSink(
                    out.topicName(), out.topicName(), new StringSerializer(), new ByteArraySerializer(), STITCHER);
        }
        topology.addSink(
                Topic.PARKED.topicName(),
                Topic.PARKED.topicName(),
                new StringSerializer(),
                new ByteArraySerializer(),
                (topic, place, parked, partitions) ->
                        ParkedKey.parse(place).map(lay -> Set.of(lay.partition() % partitions)),
                STITCHER);
        return topology;
    }
}
