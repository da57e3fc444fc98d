package io.longtake.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
    /** The latest record of a key stays. */
    MODELS("longtake.models");

    private static final int FILE_BYTES = 64 << 20;

    private final String topicName;
    private final Optional<Duration> retention;

    Topic(String topicName) {
        this.topicName = topicName;
        this.retention = Optional.empty();
    }

    Topic(String topicName, Duration retention) {
        this.topicName = topicName;
        this.retention = Optional.of(retention);
    }

    public String topicName() {
        return topicName;
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
        Map<String, String> settings = new HashMap<>();
        // what is past its time goes by whole files: keep them small
        settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(FILE_BYTES));
        retention.ifPresentOrElse(
                time -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis())),
                () -> settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        return new NewTopic(topicName, partitions, replication).configs(settings);
    }
}
