package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueProtocol;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** The share group of the workers of keyframes as the platform configures it, with a lock short enough to be renewed in a test. */
final class ShareGroup {

    private static final String KEYFRAMES = "keyframes";

    private ShareGroup() {}

    /** If the queue is one. */
    static void configure(KafkaConnection kafka, QueueProtocol queue, int lockMillis) {
        if (queue == QueueProtocol.SHARE) {
            configure(kafka, lockMillis);
        }
    }

    static void configure(KafkaConnection kafka, int lockMillis) {
        configure(kafka, KEYFRAMES, lockMillis);
    }

    /** That of another stage. */
    static void configure(KafkaConnection kafka, String stage, int lockMillis) {
        alter(
                kafka,
                stage,
                set("share.auto.offset.reset", "earliest"),
                set("share.isolation.level", "read_committed"),
                set("share.record.lock.duration.ms", Integer.toString(lockMillis)));
    }

    static void set(KafkaConnection kafka, String name, String value) {
        alter(kafka, KEYFRAMES, set(name, value));
    }

    /** Back to what the broker has. */
    static void unset(KafkaConnection kafka, String name) {
        alter(kafka, KEYFRAMES, new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE));
    }

    private static void alter(KafkaConnection kafka, String stage, AlterConfigOp... settings) {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, WorkerSettings.shareGroup(stage));
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
