package io.longtake.event;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What a Kafka has agreed to do, all its brokers together.
 *
 * @param finalized versions, by feature
 */
public record KafkaFeatures(Map<String, Short> finalized) {

    private static final String SHARE = "share.version";
    private static final String STREAMS = "streams.version";
    private static final String GROUP = "group.version";

    public KafkaFeatures {
        finalized = Map.copyOf(finalized);
    }

    /** @throws org.apache.kafka.common.KafkaException if Kafka does not answer */
    public static KafkaFeatures of(KafkaConnection kafka) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-features")))) {
            return of(KafkaAnswer.of(admin.describeFeatures().featureMetadata()).finalizedFeatures());
        } catch (UnsupportedVersionException e) {
            return new KafkaFeatures(Map.of()); // older than features
        }
    }

    private static KafkaFeatures of(Map<String, FinalizedVersionRange> ranges) {
        return new KafkaFeatures(
                ranges.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, range -> range.getValue()
                        .maxVersionLevel())));
    }

    /** Whether it has share groups (KIP-932). */
    public boolean shareGroups() {
        return has(SHARE);
    }

    /** Whether it has groups of Kafka Streams, and does their assignments itself (KIP-1071). */
    public boolean streamsGroups() {
        return has(STREAMS);
    }

    /** Whether it does consumer groups' assignments itself (KIP-848). */
    public boolean consumerGroups() {
        return has(GROUP);
    }

    private boolean has(String feature) {
        return finalized.getOrDefault(feature, (short) 0) >= 1;
    }
}
