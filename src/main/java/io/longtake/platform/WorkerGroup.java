package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.worker.WorkerSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;

/** Configures the workers' share group on the broker: it must start at the earliest task, and see committed ones only. */
final class WorkerGroup {

    private WorkerGroup() {}

    static void ensure(KafkaConnection kafka) {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, WorkerSettings.GROUP);
        List<AlterConfigOp> settings =
                List.of(set("share.auto.offset.reset", "earliest"), set("share.isolation.level", "read_committed"));
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-worker-group")))) {
            admin.incrementalAlterConfigs(Map.of(group, settings)).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot configure the share group " + WorkerSettings.GROUP + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
