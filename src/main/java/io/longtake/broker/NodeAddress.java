package io.longtake.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the node listens, on the loopback interface only: it asks nobody for a password.
 *
 * @param brokerPort for clients
 * @param controllerPort for the node's own quorum of one
 */
record NodeAddress(int brokerPort, int controllerPort) {

    static final String HOST = "127.0.0.1";

    /**
     * Any port is one of these, below those that a system gives to outgoing connections: while the broker is away, a client
     * that tries to reach it must not happen to get its port.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;

    /**
     * Ports that are free now.
     *
     * @param wantedPort the clients' port, or 0 for any
     * @param last the clients' port of last time, or 0: it is taken for any if it is free, so that clients find the broker again
     * @throws BrokerException if the wanted port is taken
     */
    static NodeAddress choose(int wantedPort, int last) {
        if (wantedPort < 0 || wantedPort > 65535) {
            throw new IllegalArgumentException("broker port: expected 0..65535, got " + wantedPort);
        }
        // Both are held open at once, so that they differ.
        try (ServerSocket broker = wantedPort == 0 ? any(last) : open(wantedPort);
                ServerSocket controller = any(0)) {
            return new NodeAddress(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new BrokerException(
                    "broker port " + wantedPort + " on " + HOST + " is taken: choose another, or 0 for any", e);
        }
    }

    String bootstrapServers() {
        return HOST + ":" + brokerPort;
    }

    private static ServerSocket any(int last) throws IOException {
        int candidate = last;
        for (int i = 0; i < TRIES; i++) {
            if (candidate != 0) {
                try {
                    return open(candidate);
                } catch (IOException taken) {
                    // another one, then
                }
            }
            candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        }
        return open(0);
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(HOST));
    }
}
