package io.longtake.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One real KRaft node (controller and broker) in this JVM, durable in a directory: what it acknowledged is there again at
 * the next start, whether it was closed or killed. If the disk fails under it, Kafka ends the whole JVM; see
 * {@link EmbeddedBroker} for one that can not.
 */
public final class KRaftNode implements AutoCloseable {

    /** A broker that was told to stop needs about this long to write its last segments. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(8);

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private KRaftNode(DirectoryLock lock, KafkaRaftServer server, String bootstrapServers) {
        this.lock = lock;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the node and returns when it serves clients.
     *
     * @param directory holds its data; made if it is not there
     * @param wantedPort on the loopback interface, or 0 for any: that of last time if it is free
     * @throws BrokerException if the directory is in use by another broker, or the port is taken
     */
    public static KRaftNode start(Path directory, int wantedPort) {
        return start(directory, wantedPort, Map.of());
    }

    /** As {@link #start(Path, int)}, with settings of Kafka's over those that suit a single node on a laptop. */
    public static KRaftNode start(Path directory, int wantedPort, Map<String, String> settings) {
        return start(directory, wantedPort, settings, Map.of());
    }

    /** As {@link #start(Path, int, Map)}; a new directory has some features (such as {@code share.version}) at other levels than Kafka's latest. */
    public static KRaftNode start(
            Path directory, int wantedPort, Map<String, String> settings, Map<String, Short> features) {
        return start(directory, wantedPort, settings, features, LOCK_PATIENCE);
    }

    static KRaftNode start(
            Path directory,
            int wantedPort,
            Map<String, String> settings,
            Map<String, Short> features,
            Duration lockPatience) {
        Path logDirectory = directory.resolve("log");
        try {
            Files.createDirectories(logDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make data directory " + logDirectory.toAbsolutePath(), e);
        }
        DirectoryLock lock = DirectoryLock.of(directory, lockPatience);
        try {
            LastPort last = LastPort.in(directory);
            NodeAddress address = NodeAddress.choose(wantedPort, last.get());
            KafkaRaftServer server = serve(logDirectory, address, settings, features);
            last.keep(address.brokerPort());
            return new KRaftNode(lock, server, address.bootstrapServers());
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** For clients of this machine: host:port. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Shuts the node down in order; needs up to some seconds. */
    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }

    private static KafkaRaftServer serve(
            Path logDirectory, NodeAddress address, Map<String, String> settings, Map<String, Short> features) {
        Map<String, String> all = new HashMap<>(NodeSettings.of(logDirectory, address));
        all.putAll(settings);
        KafkaConfig config = new KafkaConfig(all, false);
        if (!Files.exists(logDirectory.resolve("meta.properties"))) {
            format(logDirectory, features);
        }
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException | Error e) {
            server.shutdown();
            throw e;
        }
    }

    private static void format(Path logDirectory, Map<String, Short> features) {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(Integer.parseInt(NodeSettings.NODE_ID))
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(logDirectory.toString())
                .setMetadataLogDirectory(logDirectory.toString())
                .setControllerListenerName(NodeSettings.CONTROLLER);
        features.forEach(formatter::setFeatureLevel);
        try {
            formatter.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerException("cannot format data directory " + logDirectory.toAbsolutePath(), e);
        }
    }
}
