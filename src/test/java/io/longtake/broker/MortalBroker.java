package io.longtake.broker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Replication;
import io.longtake.event.TaskPartitions;
import io.longtake.event.TopicsAdmin;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.time.Duration;

/** A broker with all topics that can be killed and comes back at the same address. */
public final class MortalBroker implements AutoCloseable {

    private final Path directory;
    private EmbeddedBroker broker;

    public MortalBroker(Path directory) {
        this(directory, TaskPartitions.ONE);
    }

    public MortalBroker(Path directory, TaskPartitions tasks) {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory, directory.resolve("kafka.log"), 0, EmbeddedBroker.START_DEADLINE);
        new TopicsAdmin(ToyModel.STAGES, 1, tasks, Replication.of(1), Duration.ofSeconds(30)).ensure(kafka());
    }

    public KafkaConnection kafka() {
        return KafkaConnection.to(broker.bootstrapServers());
    }

    /** As by {@code kill -9}. */
    public void kill() {
        ProcessHandle child = ProcessHandle.of(broker.pid()).orElseThrow();
        child.destroyForcibly();
        child.onExit().join();
    }

    public void restart() {
        String address = broker.bootstrapServers();
        broker.close();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        broker = EmbeddedBroker.start(directory, directory.resolve("kafka.log"), port, EmbeddedBroker.START_DEADLINE);
    }

    @Override
    public void close() {
        broker.close();
    }
}
