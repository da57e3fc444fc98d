package io.longtake.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Kafka makes a topic of one copy even if it takes no record before two brokers have it, and says so at the first record only. A
 * platform of such topics would start, and lose every order.
 */
record EnoughReplicas(Admin admin) {

    /** @throws IllegalStateException if a topic has fewer copies than must be in sync; names all of them, and the way out */
    void check(Collection<TopicDescription> topics) {
        List<String> lacking = new ArrayList<>();
        Map<ConfigResource, Config> settings = settings(topics);
        for (TopicDescription topic : topics) {
            Config found = settings.get(resource(topic));
            if (found != null) {
                int needed = Integer.parseInt(
                        found.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
                int copies = topic.partitions().get(0).replicas().size();
                if (copies < needed) {
                    lacking.add(String.format(Locale.ROOT, "%s has %d of %d", topic.name(), copies, needed));
                }
            }
        }
        if (!lacking.isEmpty()) {
            throw new IllegalStateException("topics have fewer copies than " + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG
                    + " wants, so Kafka would take no record: " + String.join(", ", lacking)
                    + "; give them more (kafka-reassign-partitions), or delete them if they are new and start with -D"
                    + Replication.PROPERTY + " of at least that");
        }
    }

    /** Empty if Kafka does not say. */
    private Map<ConfigResource, Config> settings(Collection<TopicDescription> topics) {
        try {
            return KafkaAnswer.of(admin.describeConfigs(
                            topics.stream().map(EnoughReplicas::resource).toList())
                    .all());
        } catch (KafkaException e) {
            return Map.of(); // whoever may not ask finds out by the first record
        }
    }

    private static ConfigResource resource(TopicDescription topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }
}
