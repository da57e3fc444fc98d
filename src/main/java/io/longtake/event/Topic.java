package io.longtake.event;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic of the platform. Topics that a video crosses are keyed by its video id and share one partition count. Each stage has
 * a topic for its tasks; the others are the same on every platform.
 *
 * @param retention how long records are kept; empty: until the next one of their key
 * @param compacted whether of each key the latest record only stays
 */
public record Topic(String topicName, Optional<Duration> retention, boolean compacted) {

    public static final Topic PROMPTS = new Topic("longtake.prompts", Duration.ofDays(7));
    public static final Topic RESULTS = new Topic("longtake.results", Duration.ofDays(1));
    public static final Topic LATENTS = new Topic("longtake.latents", Duration.ofHours(6));
    public static final Topic FRAMES = new Topic("longtake.frames", Duration.ofDays(7));
    public static final Topic SEGMENTS = new Topic("longtake.segments", Duration.ofDays(7));
    public static final Topic VIDEOS = new Topic("longtake.videos", Duration.ofDays(7));
    public static final Topic DEAD_LETTERS = new Topic("longtake.dead-letters", Duration.ofDays(7));
    public static final Topic MODELS = new Topic("longtake.models", Optional.empty(), true);
    /** A tombstone follows a record that was taken up. */
    public static final Topic PARKED = new Topic("longtake.parked", Optional.of(Duration.ofDays(30)), true);

    private static final String TASKS = "longtake.tasks.";
    private static final Duration TASKS_RETENTION = Duration.ofDays(1);
    private static final int FILE_BYTES = 64 << 20;

    private Topic(String topicName, Duration retention) {
        this(topicName, Optional.of(retention), false);
    }

    /** @throws IllegalArgumentException if its records would stay for ever */
    public Topic {
        if (retention.isEmpty() && !compacted) {
            throw new IllegalArgumentException(topicName + ": expected a retention or compaction, got neither");
        }
    }

    /** The topic of a stage's tasks. */
    public static Topic ofTasks(String stage) {
        return new Topic(TASKS + stage, TASKS_RETENTION);
    }

    /** The stage whose tasks a topic has; none if it is another topic. */
    public static Optional<String> stageOf(String topicName) {
        return topicName.startsWith(TASKS) ? Optional.of(topicName.substring(TASKS.length())) : Optional.empty();
    }

    /** Those that do not depend on any model. */
    public static List<Topic> ofEveryPlatform() {
        return List.of(PROMPTS, RESULTS, LATENTS, FRAMES, SEGMENTS, VIDEOS, DEAD_LETTERS, MODELS, PARKED);
    }

    /** Those of a platform whose models have these stages. */
    public static List<Topic> all(Collection<String> stages) {
        return Stream.concat(
                        ofEveryPlatform().stream(), stages.stream().distinct().map(Topic::ofTasks))
                .toList();
    }

    /** Whether it is a queue: its records are for whoever takes them, and their keys do not say where they lie. */
    boolean isQueue() {
        return stageOf(topicName).isPresent();
    }

    /** The topic as an administrator creates it; records stay below the default limit of any managed Kafka. */
    public NewTopic create(int partitions, Replication replication) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup());
        // what is past its time goes by whole files: keep them small
        settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(FILE_BYTES));
        retention.ifPresent(time -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis())));
        return new NewTopic(topicName, Optional.of(partitions), replication.copies()).configs(settings);
    }

    private String cleanup() {
        if (!compacted) {
            return TopicConfig.CLEANUP_POLICY_DELETE;
        }
        return retention.isEmpty()
                ? TopicConfig.CLEANUP_POLICY_COMPACT
                : TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE;
    }
}
