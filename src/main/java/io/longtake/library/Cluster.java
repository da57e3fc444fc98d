package io.longtake.library;

import io.longtake.event.KafkaConnection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Which Kafka one talks to: offsets mean nothing in another. */
final class Cluster {

    private Cluster() {}

    /** @throws KafkaException if Kafka does not answer */
    static String id(KafkaConnection kafka) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-librarian")))) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
