package io.longtake.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.regex.Pattern;

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
