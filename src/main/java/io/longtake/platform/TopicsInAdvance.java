package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.stitch.StitchTopology;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that Kafka and Kafka Streams make themselves once somebody needs them. A new Kafka that we start gets them at once, because
 * whoever needs them first waits: a share group for a second until Kafka tries again to keep its state, a Streams group for two
 * heartbeats. Any other Kafka makes them its own way.
 */
final class TopicsInAdvance {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsInAdvance.class);
    private static final short ONE_COPY = 1;

    private TopicsInAdvance() {}

    /**
     * Begins to make those that are missing.
     *
     * @param partitions of the platform's topics
     * @param ofKafka partitions of the topics in which Kafka keeps its own state
     */
    static void begin(KafkaConnection kafka, int partitions, int ofKafka) {
        Thread thread = new Thread(() -> make(kafka, partitions, ofKafka), "longtake-topics-in-advance");
        thread.setDaemon(true);
        thread.start();
    }

    static void make(KafkaConnection kafka, int partitions, int ofKafka) {
        List<NewTopic> topics = Stream.concat(
                        Stream.of(shareGroupState(ofKafka)),
                        Stream.concat(DirectorTopology.changelogs().stream(), StitchTopology.changelogs().stream())
                                .map(name -> changelog(name, partitions)))
                .toList();
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-topics-in-advance")))) {
            admin.createTopics(topics).values().values().forEach(TopicsInAdvance::answer);
        } catch (KafkaException e) {
            LOG.info("Kafka makes its topics later: {}", e.toString());
        }
    }

    private static void answer(KafkaFuture<Void> made) {
        try {
            KafkaAnswer.of(made);
        } catch (TopicExistsException e) {
            // of an earlier start, or somebody needed it already
        }
    }

    /** As Kafka makes it. */
    private static NewTopic shareGroupState(int partitions) {
        return new NewTopic("__share_group_state", partitions, ONE_COPY)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        "producer",
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        "1",
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(100 << 20)));
    }

    /** As Kafka Streams makes it. */
    private static NewTopic changelog(String name, int partitions) {
        return new NewTopic(name, partitions, ONE_COPY)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "CreateTime"));
    }
}
