package io.longtake.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which kind of queue tasks go through. All processes of a platform have the same. */
public enum QueueSetting {
    /** Share groups if Kafka has them, otherwise consumer groups. */
    AUTO,
    SHARE,
    GROUP;

    /** Of the system property that sets it; by default {@link #AUTO}. */
    public static final String PROPERTY = "longtake.queue";

    /**
     * As the system property says.
     *
     * @throws IllegalArgumentException if it says something else
     */
    public static QueueSetting configured() {
        String asked = System.getProperty(PROPERTY, "").strip();
        return asked.isEmpty() ? AUTO : of(asked);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static QueueSetting of(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s must be one of %s, found '%s'",
                        PROPERTY,
                        Arrays.stream(values()).map(QueueSetting::toString).collect(Collectors.joining(", ")),
                        name)));
    }

    /**
     * What that is on a Kafka.
     *
     * @throws IllegalStateException if that has no share groups, and they are asked for
     */
    public QueueProtocol on(KafkaFeatures kafka) {
        if (this == SHARE && !kafka.shareGroups()) {
            throw new IllegalStateException(PROPERTY + "=" + this + ": this Kafka has no share groups (its feature"
                    + " share.version is below 1); leave the setting out, or say " + PROPERTY + "=" + GROUP);
        }
        if (this != GROUP && kafka.shareGroups()) {
            return QueueProtocol.SHARE;
        }
        return kafka.consumerGroups() ? QueueProtocol.CONSUMER : QueueProtocol.CLASSIC;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
