package io.longtake.platform;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Tells quickly whether anybody listens at a Kafka's address, where its clients would try for a minute. */
public final class Reachable {

    private static final Pattern SERVER = Pattern.compile("([^:,\\s]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
    private static final int PATIENCE_MILLIS = 3_000;

    private Reachable() {}

    public static boolean wellFormed(String servers) {
        return Arrays.stream(servers.split(",", -1))
                .allMatch(server -> SERVER.matcher(server).matches() && port(server) <= 65_535);
    }

    public static boolean answers(String servers) {
        return wellFormed(servers) && Arrays.stream(servers.split(",")).anyMatch(Reachable::connects);
    }

    /**
     * Why what listens at an address is of no use as a Kafka, though it lets one connect; empty if it is one. Another program may have
     * taken the port, or a Kafka may name brokers that cannot be reached.
     */
    public static Optional<String> problem(KafkaConnection kafka) {
        return problem(kafka, PATIENCE_MILLIS);
    }

    static Optional<String> problem(KafkaConnection kafka, int patienceMillis) {
        try (Admin admin = Admin.create(
                kafka.with(Map.of("request.timeout.ms", patienceMillis, "default.api.timeout.ms", patienceMillis)))) {
            KafkaAnswer.of(admin.describeCluster().nodes());
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(
                    "no Kafka answers at " + kafka.bootstrapServers() + ": something else listens there, or it wants"
                            + " other security settings (--kafka-config), or it names brokers that cannot be reached from here");
        } catch (KafkaException e) {
            return Optional.of(
                    "the Kafka at " + kafka.bootstrapServers() + " cannot be used: " + Reason.ofFirstCause(e));
        }
    }

    private static boolean connects(String server) {
        String host = server.substring(0, server.lastIndexOf(':'));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port(server)), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int port(String server) {
        return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
    }
}
