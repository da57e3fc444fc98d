package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often Kafka hands out a task before nobody gets it again. */
final class DeliveryLimit {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLimit.class);
    /** Of share groups. */
    static final int KAFKAS_DEFAULT = 5;

    private static final int ANSWER_MILLIS = 5_000;

    private DeliveryLimit() {}

    /** As the group is configured, or else a broker, or else Kafka's default: not every broker says, nor to everybody. */
    static int of(KafkaConnection kafka, String group) {
        Map<String, Object> settings = kafka.with(Map.of(
                "client.id",
                "longtake-delivery-limit",
                "default.api.timeout.ms",
                ANSWER_MILLIS,
                "request.timeout.ms",
                ANSWER_MILLIS));
        try (Admin admin = Admin.create(settings)) {
            return ofGroup(admin, group).or(() -> ofBroker(admin)).orElse(KAFKAS_DEFAULT);
        } catch (KafkaException e) {
            LOG.info(
                    "Kafka does not say how often it delivers a task, {} is assumed: {}", KAFKAS_DEFAULT, e.toString());
            return KAFKAS_DEFAULT;
        }
    }

    private static Optional<Integer> ofGroup(Admin admin, String group) {
        return read(admin, new ConfigResource(ConfigResource.Type.GROUP, group), "share.delivery.count.limit");
    }

    private static Optional<Integer> ofBroker(Admin admin) {
        try {
            Node broker = admin.describeCluster().nodes().get().iterator().next();
            return read(
                    admin,
                    new ConfigResource(ConfigResource.Type.BROKER, broker.idString()),
                    "group.share.delivery.count.limit");
        } catch (ExecutionException e) {
            LOG.info("Kafka does not say who its brokers are: {}", e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Optional<Integer> read(Admin admin, ConfigResource resource, String name) {
        try {
            ConfigEntry entry = admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get()
                    .get(name);
            return Optional.ofNullable(entry).map(ConfigEntry::value).map(Integer::valueOf);
        } catch (ExecutionException e) {
            LOG.info("Kafka does not say what {} of {} is: {}", name, resource, e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
