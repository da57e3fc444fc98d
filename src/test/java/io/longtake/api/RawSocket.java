package io.longtake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket by hand (RFC 6455, section 5.2), which reads nothing unless it is told to: no library reads ahead of it. */
final class RawSocket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int DEADLINE_MILLIS = 60_000;

    final List<JsonNode> told = new ArrayList<>();
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    private record Frame(int opcode, byte[] payload) {}

    /** @throws AssertionError with the answer's head, if it is not a WebSocket */
    RawSocket(URI server, String path) throws IOException {
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String head = head(in);
        if (!head.startsWith("HTTP/1.1 101")) {
            socket.close();
            throw new AssertionError(head);
        }
    }

    /** The head of the answer where no WebSocket is expected. */
    static String refusal(URI server, String path) throws IOException {
        try (RawSocket opened = new RawSocket(server, path)) {
            throw new IllegalStateException("it was opened: " + opened);
        } catch (AssertionError refused) {
            return refused.getMessage();
        }
    }

    /** Reads and answers pings until a message of a kind came. */
    void readUntil(String type) throws IOException {
        while (told.isEmpty() || !told.get(told.size() - 1).get("type").asText().equals(type)) {
            Frame frame = read();
            if (frame.opcode() == TEXT) {
                told.add(JSON.readTree(frame.payload()));
            } else if (frame.opcode() == PING) {
                pong(frame.payload());
            } else if (frame.opcode() == CLOSE) {
                throw new AssertionError("closed before " + type + "; " + types());
            }
        }
    }

    List<String> types() {
        return told.stream().map(message -> message.get("type").asText()).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** A client masks what it sends; with zeros, here. */
    private void pong(byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) 0x8A).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
        out.write(frame.array());
    }
}
