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
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, WorkerSettings.GROUP);
        List<AlterConfigOp> settings = List.of(
                set("share.auto.offset.reset", "earliest"),
                set("share.isolation.level", "read_committed"),
                set("share.record.lock.duration.ms", Integer.toString(lockMillis)));
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.incrementalAlterConfigs(Map.of(group, settings)).all().get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
