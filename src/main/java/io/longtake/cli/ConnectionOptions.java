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

    private static final String OPTION = "--bootstrap-servers";
    private static final String VARIABLE = "KAFKA_BOOTSTRAP_SERVERS";

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Directory for the embedded Kafka, state stores and logs (default: ~/.longtake).")
    private Path dataDir;

    @Option(
            names = OPTION,
            paramLabel = "HOST:PORT",
            defaultValue = "${env:" + VARIABLE + "}",
            description = "Kafka to use instead of the embedded one (or environment variable " + VARIABLE + ").")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "File of properties for every Kafka client: security.protocol, sasl.*, ssl.*.")
    private Path kafkaConfig;

    /** Created, and the log in it open. */
    DataDirectory data() {
        DataDirectory data = directory();
        Logs.to(data);
        return data;
    }

    private DataDirectory directory() {
        return dataDir == null ? DataDirectory.ofUser() : new DataDirectory(dataDir);
    }

    /** The Kafka that was named; empty if the data directory's is meant. */
    Optional<KafkaConnection> named() {
        if (!isNamed()) {
            if (kafkaConfig != null) {
                throw misuse("--kafka-config " + kafkaConfig + " is for a Kafka that --bootstrap-servers names");
            }
            return Optional.empty();
        }
        Map<String, String> security = security();
        return Optional.of(answering(new KafkaConnection(reachable(bootstrapServers), security)));
    }

    /** The Kafka that was named, or that of the platform running on the data directory. */
    KafkaConnection requireKafka() {
        return named().or(() -> running(directory()))
                .orElseThrow(() -> misuse("no platform runs on " + directory().path()
                        + ": start one with 'longtake up', or name a Kafka with --bootstrap-servers"));
    }

    /** The Kafka of the platform that runs on the data directory. */
    Optional<KafkaConnection> running() {
        return running(directory());
    }

    /** Nothing is written where no platform is: perhaps the directory's name is a mistake. */
    private Optional<KafkaConnection> running(DataDirectory data) {
        return data.address()
                .filter(Reachable::answers)
                .map(KafkaConnection::to)
                .filter(found -> {
                    data();
                    return Reachable.problem(found).isEmpty();
                });
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

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private Map<String, String> security() {
        if (kafkaConfig == null) {
            return Map.of();
        }
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
            file.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw misuse("--kafka-config " + kafkaConfig + " cannot be read: " + Reason.of(e));
        }
        return file.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, file::getProperty));
    }

    private static KafkaConnection answering(KafkaConnection kafka) {
        Reachable.problem(kafka).ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        return kafka;
    }

    private String reachable(String servers) {
        if (!Reachable.wellFormed(servers)) {
            throw misuse(source(servers) + " " + servers + " is not HOST:PORT[,HOST:PORT…]");
        }
        if (!Reachable.answers(servers)) {
            throw new IllegalStateException("no Kafka answers at " + servers + " (" + source(servers) + ")");
        }
        return servers;
    }

    /** Who said so: what somebody has set in the environment once is easily forgotten. */
    private String source(String servers) {
        boolean said = command.commandLine().getParseResult().hasMatchedOption(OPTION);
        return !said && servers.equals(System.getenv(VARIABLE)) ? VARIABLE : OPTION;
    }
}
