package io.longtake.event;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/**
 * Into how many partitions the topics that a video crosses are divided, and which of them is a video's home: there its records meet,
 * and the director and the stitcher that own it.
 *
 * @param count from 1 to 1000, the same for all these topics
 */
public record Partitioning(int count) {

    /** Of the system property that sets it for topics that are made; by default one. */
    public static final String PROPERTY = "longtake.topics.partitions";

    public static final Partitioning SINGLE = new Partitioning(1);

    private static final int MOST = 1000;

    public Partitioning {
        if (count < 1 || count > MOST) {
            throw refused(Integer.toString(count));
        }
    }

    /**
     * As the system property says; empty if it says nothing.
     *
     * @throws IllegalArgumentException if that is no number from 1 to 1000
     */
    public static Optional<Partitioning> configured() {
        String asked = System.getProperty(PROPERTY, "").strip();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (!asked.matches("[0-9]{1,4}")) {
            throw refused(asked);
        }
        return Optional.of(new Partitioning(Integer.parseInt(asked)));
    }

    /**
     * Goes on if the topics that are there have this number.
     *
     * @throws IllegalStateException with the ways out, if they have another
     */
    public void require(int found) {
        if (found != count) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%s is %d, but the topics of this Kafka have %d partitions, and videos in flight would"
                            + " not be found in others: leave it out, or use a fresh cluster, or finish all videos, stop the"
                            + " platform, delete its topics and start again",
                    PROPERTY,
                    count,
                    found));
        }
    }

    /**
     * The partition that Kafka's Java clients choose for a key. Clients on librdkafka (Python, Go, .NET, Node) hash keys in another way,
     * so their records may lie elsewhere.
     */
    public int home(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
    }

    private static IllegalArgumentException refused(String found) {
        return new IllegalArgumentException(PROPERTY + " must be from 1 to " + MOST + ", found '" + found + "'");
    }
}
