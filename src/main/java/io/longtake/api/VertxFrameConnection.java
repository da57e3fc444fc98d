package io.longtake.api;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * A WebSocket of Quarkus' own server.
 *
 * @param channel below the socket
 * @param turn the socket's event loop
 */
record VertxFrameConnection(ServerWebSocket socket, Channel channel, Context turn) implements FrameConnection {

    @Override
    public CompletionStage<Void> text(String message) {
        return stage(socket.writeTextMessage(message));
    }

    /** Without a copy: that of the other constructors would be one for each viewer. */
    @Override
    @SuppressWarnings("deprecation")
    public CompletionStage<Void> bytes(ByteBuffer run) {
        return stage(socket.writeBinaryMessage(Buffer.buffer(Unpooled.wrappedBuffer(run))));
    }

    @Override
    public CompletionStage<Void> ping(long number) {
        return stage(socket.writePing(Buffer.buffer().appendLong(number)));
    }

    /** A viewer that reads nothing does not read a close frame either: what lies before it keeps it in the queue for ever. */
    @Override
    public void close(int code, String reason) {
        socket.close((short) code, reason);
        turn.owner().setTimer(WebSocketOptions.CLOSING.toMillis(), late -> channel.close());
    }

    @Override
    public void later(Runnable something) {
        turn.runOnContext(now -> something.run());
    }

    private static CompletionStage<Void> stage(Future<Void> written) {
        return written.toCompletionStage();
    }
}
