package io.longtake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A viewer over a real WebSocket, who remembers what came. */
final class FrameListener implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_SECONDS = 60;

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> types = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder words = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile String reason;
    private WebSocket socket;

    private FrameListener() {}

    static FrameListener at(URI address) throws Exception {
        FrameListener listener = new FrameListener();
        listener.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, listener)
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return listener;
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    /** Waits for the next message of a kind. */
    void await(String type) throws InterruptedException {
        String next;
        do {
            next = types.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + type + " came; only " + types());
            }
        } while (!next.equals(type));
    }

    /** The code of the connection's end. */
    int awaitClose() throws Exception {
        return closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    String reason() {
        return reason;
    }

    List<String> types() {
        return told.stream().map(message -> message.get("type").asText()).toList();
    }

    List<Long> firstFrames() {
        return told.stream()
                .filter(message -> message.get("type").asText().equals("batch"))
                .map(message -> message.get("first_frame").asLong())
                .toList();
    }

    byte[] bytes() {
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        words.append(data);
        if (last) {
            try {
                JsonNode message = JSON.readTree(words.toString());
                told.add(message);
                types.add(message.get("type").asText());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            words.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        synchronized (bytes) {
            byte[] run = new byte[data.remaining()];
            data.get(run);
            bytes.writeBytes(run);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String why) {
        reason = why;
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
