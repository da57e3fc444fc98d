package io.longtake.library;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Which Kafka one talks to: offsets mean nothing in another. */
final class Cluster {

    private Cluster() {}

    /** @throws KafkaException if Kafka does not answer */
    static String id(KafkaConnection kafka) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-librarian")))) {
            return KafkaAnswer.of(admin.describeCluster().clusterId());
        }
    }
}
