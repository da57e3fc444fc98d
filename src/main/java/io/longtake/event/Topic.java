package io.longtake.event;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the platform. Topics that a video crosses are keyed by its video id and share one partition count. */
public enum Topic {
    PROMPTS("longtake.prompts", Duration.ofDays(7)),
    TASKS_KEYFRAMES("longtake.tasks.keyframes", Duration.ofDays(1)),
    TASKS_INTERPOLATE("longtake.tasks.interpolate", Duration.ofDays(1)),
    TASKS_DECODE("longtake.tasks.decode", Duration.ofDays(1)),
    TASKS_UPSAMPLE("longtake.tasks.upsample", Duration.ofDays(1)),
    RESULTS("longtake.results", Duration.ofDays(1)),
    LATENTS("longtake.latents", Duration.ofHours(6)),
    FRAMES("longtake.frames", Duration.ofDays(7)),
    SEGMENTS("longtake.segments", Duration.ofDays(7)),
    VIDEOS("longtake.videos", Duration.ofDays(7)),
    DEAD_LETTERS("longtake.dead-letters", Duration.ofDays(7)),
    /** By key the last one only: a tombstone follows a record that was taken up. */
    PARKED(
            "longtake.parked",
            Duration.ofDays(30),
            TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);

    private static final int FILE_BYTES = 64 << 20;

    private final String topicName;
    private final Duration retention;
    private final String cleanup;

    Topic(String topicName, Duration retention) {
        this(topicName, retention, TopicConfig.CLEANUP_POLICY_DELETE);
    }

    Topic(String topicName, Duration retention, String cleanup) {
        this.topicName = topicName;
        this.retention = retention;
        this.cleanup = cleanup;
    }

    public String topicName() {
        return topicName;
    }

    /** Whether a topic of this name is one of these. */
    public static boolean isOurs(String name) {
        return Arrays.stream(values()).anyMatch(topic -> topic.topicName.equals(name));
    }

    public static Topic ofTasks(StageName stage) {
        return switch (stage) {
            case KEYFRAMES -> TASKS_KEYFRAMES;
            case INTERPOLATE -> TASKS_INTERPOLATE;
            case DECODE -> TASKS_DECODE;
            case UPSAMPLE -> TASKS_UPSAMPLE;
        };
    }

    /** The topic as an administrator creates it; records stay below the default limit of any managed Kafka. */
    public NewTopic create(int partitions, short replication) {
        return new NewTopic(topicName, partitions, replication)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, cleanup,
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
                        // what is past its time goes by whole files: keep them small
                        TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(FILE_BYTES)));
    }
}
