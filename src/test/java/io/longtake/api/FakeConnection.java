package io.longtake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * A network and the viewer at its end, who reads when the test says so. What it has read lies in {@link #told} and
 * {@link #bytes}; it answers pings as it reads them.
 */
final class FakeConnection implements FrameConnection {

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> told = new ArrayList<>();
    final List<byte[]> bytes = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();
    LongConsumer pong = number -> {};

    private final int room;
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final Deque<Message> network = new ArrayDeque<>();

    private record Message(String text, ByteBuffer bytes, long ping, CompletableFuture<Void> taken) {}

    /** @param room how many messages the network takes that nobody has read */
    FakeConnection(int room) {
        this.room = room;
    }

    @Override
    public CompletionStage<Void> text(String message) {
        return send(new Message(message, null, 0, new CompletableFuture<>()));
    }

    @Override
    public CompletionStage<Void> bytes(ByteBuffer run) {
        return send(new Message(null, run, 0, new CompletableFuture<>()));
    }

    @Override
    public CompletionStage<Void> ping(long number) {
        return send(new Message(null, null, number, new CompletableFuture<>()));
    }

    @Override
    public void close(int code, String reason) {
        if (reason.length() > 123) {
            throw new IllegalArgumentException("too long for a close frame: " + reason);
        }
        closed.add(code);
    }

    @Override
    public void later(Runnable something) {
        later.add(something);
    }

    /** Whatever can happen without the viewer happens. */
    void settle() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    /** The viewer reads all that comes. */
    void read() {
        settle();
        while (!network.isEmpty()) {
            readOne();
        }
    }

    /** The viewer reads until it has so many messages in words. */
    void readUntilTold(int messages) {
        settle();
        while (!network.isEmpty() && told.size() < messages) {
            readOne();
        }
    }

    /** The viewer reads one message, if there is one. */
    void readMessage() {
        settle();
        if (!network.isEmpty()) {
            readOne();
        }
    }

    /** Messages that were sent and not read. */
    int unread() {
        return network.size();
    }

    long unreadBytes() {
        return network.stream()
                .filter(message -> message.bytes() != null)
                .mapToInt(message -> message.bytes().remaining())
                .sum();
    }

    /** What was told, as {@code type}. */
    List<String> types() {
        return told.stream().map(message -> message.get("type").asText()).toList();
    }

    /** The first frames of the batches that came. */
    List<Long> batches() {
        return told.stream()
                .filter(message -> message.get("type").asText().equals("batch"))
                .map(message -> message.get("first_frame").asLong())
                .toList();
    }

    private void readOne() {
        Message message = network.remove();
        if (message.text() != null) {
            told.add(json(message.text()));
        } else if (message.bytes() != null) {
            byte[] run = new byte[message.bytes().remaining()];
            message.bytes().duplicate().get(run);
            bytes.add(run);
        } else {
            pong.accept(message.ping());
        }
        network.stream().limit(room).forEach(next -> next.taken().complete(null));
        message.taken().complete(null);
        settle();
    }

    private CompletionStage<Void> send(Message message) {
        network.add(message);
        if (network.size() <= room) {
            message.taken().complete(null);
        }
        return message.taken();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
