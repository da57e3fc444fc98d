package io.longtake.cli;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Reason;
import io.longtake.platform.DataDirectory;
import io.longtake.platform.Reachable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the platform is: a named Kafka, or the one of this machine's data directory. */
final class ConnectionOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Directory for the embedded Kafka, state stores and logs (default: ~/.longtake).")
    private Path dataDir;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
            description = "Kafka to use instead of the embedded one (or environment variable KAFKA_BOOTSTRAP_SERVERS).")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "File of properties for every Kafka client: security.protocol, sasl.*, ssl.*.")
    private Path kafkaConfig;

    DataDirectory data() {
        DataDirectory data = dataDir == null ? DataDirectory.ofUser() : new DataDirectory(dataDir);
        Logs.to(data);
        return data;
    }

    /** The Kafka that was named; empty if the data directory's is meant. */
    Optional<KafkaConnection> named() {
        return isNamed() ? Optional.of(new KafkaConnection(reachable(bootstrapServers), security())) : Optional.empty();
    }

    /** The Kafka that was named, or that of the platform running on the data directory. */
    KafkaConnection requireKafka() {
        return named().or(() -> data().address().filter(Reachable::answers).map(KafkaConnection::to))
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "no platform runs on " + data().path()
                                + ": start one with 'longtake up', or name a Kafka with --bootstrap-servers"));
    }

    /** Throws an {@link IllegalStateException} once the data directory's Kafka has come back at another address. */
    Runnable addressCheck(KafkaConnection kafka) {
        if (isNamed()) {
            return () -> {};
        }
        DataDirectory data = data();
        return () -> data.moved(kafka.bootstrapServers()).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    boolean isNamed() {
        return bootstrapServers != null && !bootstrapServers.isBlank();
    }

    private Map<String, String> security() {
        if (kafkaConfig == null) {
            return Map.of();
        }
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
            file.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "--kafka-config " + kafkaConfig + " cannot be read: " + Reason.of(e));
        }
        return file.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, file::getProperty));
    }

    private String reachable(String servers) {
        if (!Reachable.wellFormed(servers)) {
            throw new ParameterException(
                    command.commandLine(), "--bootstrap-servers " + servers + " is not HOST:PORT[,HOST:PORT…]");
        }
        if (!Reachable.answers(servers)) {
            throw new IllegalStateException("no Kafka answers at " + servers);
        }
        return servers;
    }
}
