package io.longtake.event;

import java.util.Optional;

/**
 * How many brokers keep a copy of a topic that this platform makes.
 *
 * @param copies from 1; empty: as many as Kafka makes by default ({@code default.replication.factor})
 */
public record Replication(Optional<Short> copies) {

    /** Of the system property that sets it; by default Kafka's own. */
    public static final String PROPERTY = "longtake.topics.replication";

    public static final Replication OF_KAFKA = new Replication(Optional.empty());

    private static final int MOST = 100;

    public Replication {
        copies.ifPresent(number -> {
            if (number < 1 || number > MOST) {
                throw refused(number.toString());
            }
        });
    }

    public static Replication of(int copies) {
        return new Replication(Optional.of((short) copies));
    }

    /**
     * As the system property says.
     *
     * @throws IllegalArgumentException if that is no number from 1 to 100
     */
    public static Replication configured() {
        String asked = System.getProperty(PROPERTY, "").strip();
        if (asked.isEmpty()) {
            return OF_KAFKA;
        }
        if (!asked.matches("[0-9]{1,3}")) {
            throw refused(asked);
        }
        return of(Integer.parseInt(asked));
    }

    private static IllegalArgumentException refused(String found) {
        return new IllegalArgumentException(PROPERTY + " must be from 1 to " + MOST + ", found '" + found + "'");
    }
}
