package io.longtake.broker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueProtocol;
import io.longtake.event.Replication;
import io.longtake.event.TaskPartitions;
import io.longtake.event.TopicsAdmin;
import io.longtake.model.ToyModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real broker with all topics for every test of this JVM: {@code @ExtendWith(SharedBroker.class)}, then take a
 * {@link KafkaConnection} as a parameter of the test or of its constructor. Tests keep apart by their video ids. Tests that run on both
 * kinds of queues take {@link Queues}: topics of tasks are made for one kind, so there is another broker for consumer groups.
 */
public final class SharedBroker implements ParameterResolver {

    public static final int PARTITIONS = 3;

    /** Of the tasks of a stage in a consumer group. */
    public static final int TASK_PARTITIONS = 4;

    /** The broker for a kind of queue. */
    public interface Queues {
        KafkaConnection on(QueueProtocol queue);
    }

    /** Kafka tells its whole configuration at every start. Held, because loggers are collected with their levels. */
    private static final List<Logger> QUIET = List.of(Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaConnection.class || type == Queues.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaConnection.class
                ? kafka(context, QueueProtocol.SHARE)
                : (Queues) queue -> kafka(context, queue);
    }

    private static KafkaConnection kafka(ExtensionContext context, QueueProtocol queue) {
        TaskPartitions tasks = queue.isConsumerGroup() ? new TaskPartitions(TASK_PARTITIONS) : TaskPartitions.ONE;
        return context.getRoot()
                .getStore(Namespace.create(SharedBroker.class))
                .computeIfAbsent(tasks, key -> Running.start(tasks), Running.class)
                .kafka();
    }

    /** Closed by JUnit after the last test. */
    private record Running(KRaftNode node, KafkaConnection kafka, Path directory) implements AutoCloseable {

        static Running start(TaskPartitions tasks) {
            QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
            // A fault inside Kafka must fail a test, not end the JVM that reports it.
            Exit.setExitProcedure(SharedBroker::refuse);
            Exit.setHaltProcedure(SharedBroker::refuse);
            try {
                Path directory = Files.createTempDirectory("longtake-broker");
                KRaftNode node = KRaftNode.start(directory, 0);
                KafkaConnection kafka = KafkaConnection.to(node.bootstrapServers());
                new TopicsAdmin(ToyModel.STAGES, PARTITIONS, tasks, Replication.of(1), Duration.ofSeconds(30))
                        .ensure(kafka);
                return new Running(node, kafka, directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            node.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void refuse(int code, String message) {
        throw new IllegalStateException("Kafka asked to end this JVM with " + code + ": " + message);
    }
}
