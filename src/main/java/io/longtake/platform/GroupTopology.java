package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.StreamsInvalidTopologyException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topology that a Streams group goes by. Kafka keeps the one of the group's first member for as long as the group is there, and
 * refuses members with another one (KAFKA-20170).
 *
 * @param application the group
 * @param sources topics that it reads
 */
record GroupTopology(KafkaConnection kafka, String application, Set<String> sources) {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Whether a stream thread died because it was refused: the group goes by another topology, or is just being taken over. */
    static boolean isRefusal(Throwable fault) {
        return wasBeingTakenOver(fault)
                || isIn(fault, InvalidRequestException.class)
                || isIn(fault, StreamsInvalidTopologyException.class);
    }

    /** Whether a refusal came from a group that was a classic one at that moment, see {@link #forget}. */
    static boolean wasBeingTakenOver(Throwable refusal) {
        return isIn(refusal, GroupIdNotFoundException.class);
    }

    private static boolean isIn(Throwable fault, Class<? extends Throwable> kind) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
    }

    /**
     * Makes Kafka forget it if the group has no members, so that the next one brings its own; the group's offsets stay. A group
     * without members becomes a classic one as soon as somebody joins it in the classic way, and a Streams group again with the
     * next member of that kind: Kafka's own road between the two protocols. It is one step for Kafka, so a crash leaves the
     * group as it was, or free; and nobody of another topology can come in between.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer, or refuses
     */
    void forget() {
        try (Groups groups = Groups.of(kafka, GroupProtocols.LATEST, Set.of())) {
            if (!groups.isStreamsGroup(application)) {
                return; // somebody else has seen to it
            }
        }
        join();
    }

    private void join() {
        Map<String, Object> settings = kafka.with(Map.of(
                "client.id", application + "-take-over",
                "group.id", application,
                "group.protocol", "classic",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "max.poll.records", "1",
                // If we die in here the group is ours for so long; Kafka's default allows no less.
                "session.timeout.ms", "6000",
                "heartbeat.interval.ms", "2000"));
        long end = System.nanoTime() + DEADLINE.toNanos();
        try (KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(sources);
            while (member.groupMetadata().generationId() < 0) {
                if (System.nanoTime() - end > 0) {
                    throw new TimeoutException("group " + application + " did not let us in within " + DEADLINE);
                }
                member.poll(POLL);
            }
        } catch (InconsistentGroupProtocolException e) {
            // somebody was quicker: the group has members again
        }
    }
}
