package io.longtake.api;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request by hand: the JDK's client sets some fields itself that a browser lets others set. */
final class RawRequest {

    private static final int DEADLINE_MILLIS = 60_000;

    private RawRequest() {}

    /** The whole answer. */
    static String answer(URI server, String method, String path, String... fields) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            String request = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", fields)
                    + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
