package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** The workers' share group as the platform configures it, with a lock short enough to be renewed in a test. */
final class ShareGroup {

    private ShareGroup() {}

    static void configure(KafkaConnection kafka, int lockMillis) {
        alter(
                kafka,
                set("share.auto.offset.reset", "earliest"),
                set("share.isolation.level", "read_committed"),
                set("share.record.lock.duration.ms", Integer.toString(lockMillis)));
    }

    static void set(KafkaConnection kafka, String name, String value) {
        alter(kafka, set(name, value));
    }

    /** Back to what the broker has. */
    static void unset(KafkaConnection kafka, String name) {
        alter(kafka, new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE));
    }

    private static void alter(KafkaConnection kafka, AlterConfigOp... settings) {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, WorkerSettings.GROUP);
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.incrementalAlterConfigs(Map.of(group, List.of(settings)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
