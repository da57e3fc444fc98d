package io.longtake.stitch;

import io.longtake.event.RecordTime;
import io.longtake.event.Topic;
import io.longtake.meter.OddRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * {@code longtake.frames} in; {@code longtake.segments}, {@code longtake.results} and {@code longtake.dead-letters} out.
 * What comes out depends on what comes in, and on nothing else. Run it as {@link #APPLICATION_ID} with {@code
 * exactly_once_v2}, or a crash may repeat a fragment.
 */
public final class StitchTopology {

    public static final String APPLICATION_ID = "longtake-stitcher";

    private static final String FRAMES = "frames";
    private static final String STITCHER = "stitcher";

    private StitchTopology() {}

    /**
     * @param fetchers makes one for each task; the task closes it
     * @param meters where it counts
     */
    public static Topology build(Supplier<FrameFetcher> fetchers, StitchSettings settings, MeterRegistry meters) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                FRAMES,
                (record, partitionTime) -> RecordTime.of(record.timestamp(), System.currentTimeMillis()),
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topic.FRAMES.topicName());
        topology.addProcessor(
                STITCHER, () -> new Stitcher(fetchers.get(), settings, new OddRecords("stitcher", meters)), FRAMES);
        StitcherStores.stores().forEach(store -> topology.addStateStore(store, STITCHER));
        for (Topic out : new Topic[] {Topic.SEGMENTS, Topic.RESULTS, Topic.DEAD_LETTERS}) {
            topology.addSink(
                    out.topicName(), out.topicName(), new StringSerializer(), new ByteArraySerializer(), STITCHER);
        }
        return topology;
    }
}
