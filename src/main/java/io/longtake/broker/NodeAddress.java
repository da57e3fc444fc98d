package io.longtake.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where the node listens, on the loopback interface only: it asks nobody for a password.
 *
 * @param brokerPort for clients
 * @param controllerPort for the node's own quorum of one
 */
record NodeAddress(int brokerPort, int controllerPort) {

    static final String HOST = "127.0.0.1";

    /**
     * Ports that are free now.
     *
     * @param wantedPort the clients' port, or 0 for any
     * @throws BrokerException if the wanted port is taken
     */
    static NodeAddress choose(int wantedPort) {
        if (wantedPort < 0 || wantedPort > 65535) {
            throw new IllegalArgumentException("broker port: expected 0..65535, got " + wantedPort);
        }
        // Both are held open at once, so that they differ.
        try (ServerSocket broker = open(wantedPort);
                ServerSocket controller = open(0)) {
            return new NodeAddress(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new BrokerException(
                    "broker port " + wantedPort + " on " + HOST + " is taken: choose another, or 0 for any", e);
        }
    }

    String bootstrapServers() {
        return HOST + ":" + brokerPort;
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(HOST));
    }
}
