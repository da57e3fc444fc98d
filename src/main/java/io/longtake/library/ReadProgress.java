package io.longtake.library;

import io.longtake.event.FragmentChunk;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition was taken, record by record: where a restart may begin. The records of one fragment count when its
 * last one was taken, for the first ones of them are in memory only.
 */
final class ReadProgress {

    /** Records of an unfinished fragment further behind than this are not waited for: theirs are near each other. */
    private static final long NEAR = 4096;

    private record Place(TopicPartition partition, long offset) {}

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<String, Place> unfinished = new HashMap<>();
    /** The first record of a later version, by partition. */
    private final Map<TopicPartition, Long> newer = new HashMap<>();

    /** Everything of a partition before an offset was taken. */
    void reached(TopicPartition partition, long offset) {
        next.put(partition, offset);
    }

    /** The first offset of a partition that was not taken; empty if nothing was. */
    OptionalLong next(TopicPartition partition) {
        return next.containsKey(partition) ? OptionalLong.of(next.get(partition)) : OptionalLong.empty();
    }

    /** A record was taken. */
    void took(ConsumerRecord<String, byte[]> record, SpecificRecordBase read) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        reached(partition, record.offset() + 1);
        if (read instanceof FragmentChunk fragment) {
            if (fragment.getChunk() + 1 >= fragment.getChunkCount()) {
                unfinished.remove(fragment.getVideoId());
            } else if (fragment.getChunk() == 0) {
                unfinished.put(fragment.getVideoId(), new Place(partition, record.offset()));
            }
        }
    }

    /**
     * A record was passed over that a later version wrote: a restart begins with it, for whoever begins then may know it.
     * The first one of a partition counts, for good: what comes behind it is taken meanwhile, and again then. An event of a video
     * that has had later ones by then changes nothing any more, as any that comes again; those later ones said what counts.
     */
    void passedOver(TopicPartition partition, long offset) {
        newer.putIfAbsent(partition, offset);
        reached(partition, offset + 1);
    }

    /** Offsets, by topic and partition, behind which nothing is missing. */
    Map<String, Long> safe() {
        unfinished.values().removeIf(place -> next.get(place.partition()) - place.offset() > NEAR);
        Map<TopicPartition, Long> safe = new HashMap<>(next);
        unfinished.values().forEach(place -> safe.merge(place.partition(), place.offset(), Math::min));
        newer.forEach((partition, offset) -> safe.merge(partition, offset, Math::min));
        Map<String, Long> named = new HashMap<>();
        safe.forEach((partition, offset) -> named.put(partition.toString(), offset));
        return named;
    }
}
