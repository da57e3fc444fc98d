package io.longtake.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One of the brokers of a {@link BrokerCluster}, in a JVM of its own, which is also one of its controllers. */
public final class ClusterNode {

    private ClusterNode() {}

    /** @param args node id, cluster id, directory, port for clients, voters */
    public static void main(String[] args) throws Exception {
        int node = Integer.parseInt(args[0]);
        Path log = Files.createDirectories(Path.of(args[2]).resolve("log"));
        String voters = args[4];
        String own = voters.split(",")[node - 1].split("@")[1];
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(node)
                .setClusterId(args[1])
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName("CONTROLLER")
                .run();
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(
                        Map.ofEntries(
                                Map.entry("process.roles", "broker,controller"),
                                Map.entry("node.id", args[0]),
                                Map.entry("controller.quorum.voters", voters),
                                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + args[3] + ",CONTROLLER://" + own),
                                Map.entry("controller.listener.names", "CONTROLLER"),
                                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                                Map.entry("log.dirs", log.toString()),
                                // what careful operators have as the defaults of their cluster
                                Map.entry("default.replication.factor", "3"),
                                Map.entry("min.insync.replicas", "2"),
                                Map.entry("auto.create.topics.enable", "false"),
                                // a test does not want to wait for a minute until a dead broker is missed
                                Map.entry("broker.session.timeout.ms", "3000"),
                                Map.entry("broker.heartbeat.interval.ms", "500"),
                                Map.entry("offsets.topic.num.partitions", "4"),
                                Map.entry("transaction.state.log.num.partitions", "4"),
                                Map.entry("share.coordinator.state.topic.num.partitions", "4"),
                                Map.entry("group.streams.min.session.timeout.ms", "1000"),
                                Map.entry("group.streams.session.timeout.ms", "6000"),
                                Map.entry("group.streams.min.heartbeat.interval.ms", "100"),
                                Map.entry("group.streams.heartbeat.interval.ms", "500"),
                                Map.entry("group.share.min.session.timeout.ms", "1000"),
                                Map.entry("group.share.session.timeout.ms", "6000"),
                                Map.entry("group.share.min.heartbeat.interval.ms", "100"),
                                Map.entry("group.share.heartbeat.interval.ms", "500")),
                        false),
                Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }
}
