package io.longtake.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a cluster of one: every internal topic on one replica, and everything that waits for peers short. */
final class NodeSettings {

    static final String NODE_ID = "1";
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENT = "CLIENT";

    private NodeSettings() {}

    static Map<String, String> of(Path logDirectory, NodeAddress address) {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(listeners(address));
        settings.putAll(oneReplica());
        settings.putAll(quickGroups());
        settings.put("log.dirs", logDirectory.toString());
        settings.put("auto.create.topics.enable", "false");
        return settings;
    }

    /** Static voters, so that the ports may differ at each start. */
    private static Map<String, String> listeners(NodeAddress address) {
        String client = CLIENT + "://" + address.bootstrapServers();
        String controller = NodeAddress.HOST + ":" + address.controllerPort();
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                NODE_ID,
                "controller.quorum.voters",
                NODE_ID + "@" + controller,
                "listeners",
                client + "," + CONTROLLER + "://" + controller,
                "advertised.listeners",
                client,
                "listener.security.protocol.map",
                CLIENT + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "inter.broker.listener.name",
                CLIENT,
                "controller.listener.names",
                CONTROLLER);
    }

    private static Map<String, String> oneReplica() {
        Map<String, String> settings = new HashMap<>();
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", Integer.toString(EmbeddedBroker.STATE_PARTITIONS));
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("metric.reporters", "");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        return settings;
    }

    /**
     * Nobody else has to join, and a dead process is on this machine: notice it within seconds. A restart after a kill
     * waits for the session that the old broker left behind, so that one is short, too.
     */
    private static Map<String, String> quickGroups() {
        Map<String, String> settings = new HashMap<>();
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("controller.quorum.election.timeout.ms", "300");
        settings.put("controller.quorum.election.backoff.max.ms", "100");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("group.share.min.record.lock.duration.ms", "1000");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        for (String kind : new String[] {"consumer", "share", "streams"}) {
            settings.put("group." + kind + ".min.session.timeout.ms", "1000");
            settings.put("group." + kind + ".min.heartbeat.interval.ms", "100");
            settings.put("group." + kind + ".session.timeout.ms", "6000");
            settings.put("group." + kind + ".heartbeat.interval.ms", "500");
        }
        return settings;
    }
}
