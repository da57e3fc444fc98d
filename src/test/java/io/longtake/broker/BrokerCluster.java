package io.longtake.broker;

import io.longtake.ChildJvm;
import io.longtake.Waiting;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/** Three brokers that keep three copies of everything, two of them in sync, and can be killed. */
public final class BrokerCluster implements AutoCloseable {

    private static final int SIZE = 3;

    private final List<ChildJvm> nodes = new ArrayList<>();
    private final KafkaConnection kafka;

    private BrokerCluster(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** Returns when all of them serve. */
    public static BrokerCluster start(Path directory) throws IOException, InterruptedException {
        List<NodeAddress> addresses = IntStream.range(0, SIZE)
                .mapToObj(node -> NodeAddress.choose(0, 0))
                .toList();
        String voters = IntStream.range(0, SIZE)
                .mapToObj(node -> (node + 1) + "@" + NodeAddress.HOST + ":"
                        + addresses.get(node).controllerPort())
                .collect(Collectors.joining(","));
        BrokerCluster cluster = new BrokerCluster(KafkaConnection.to(
                addresses.stream().map(NodeAddress::bootstrapServers).collect(Collectors.joining(","))));
        String id = Uuid.randomUuid().toString();
        try {
            for (int node = 1; node <= SIZE; node++) {
                cluster.nodes.add(ChildJvm.start(
                        List.of("-Xmx320m", "-XX:+UseSerialGC"),
                        ClusterNode.class,
                        directory.resolve("broker-" + node + ".log"),
                        Integer.toString(node),
                        id,
                        directory.resolve("broker-" + node).toString(),
                        Integer.toString(addresses.get(node - 1).brokerPort()),
                        voters));
            }
            Waiting.until("three brokers", Duration.ofMinutes(1), () -> cluster.brokers() == SIZE);
            return cluster;
        } catch (RuntimeException | Error | IOException e) {
            cluster.close();
            throw e;
        }
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    /** As by {@code kill -9}. */
    public void kill(int node) throws InterruptedException {
        nodes.get(node - 1).kill();
    }

    private int brokers() {
        try (Admin admin =
                Admin.create(kafka.with(Map.of("default.api.timeout.ms", "5000", "request.timeout.ms", "3000")))) {
            return KafkaAnswer.of(admin.describeCluster().nodes()).size();
        } catch (KafkaException e) {
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (ChildJvm node : nodes) {
            node.kill();
        }
    }
}
