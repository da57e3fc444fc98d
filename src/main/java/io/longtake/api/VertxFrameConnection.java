package io.longtake.api;

import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * A WebSocket of Quarkus' own server.
 *
 * @param turn the socket's event loop
 */
record VertxFrameConnection(ServerWebSocket socket, Context turn) implements FrameConnection {

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

    @Override
    public void close(int code, String reason) {
        socket.close((short) code, reason);
    }

    @Override
    public void later(Runnable something) {
        turn.runOnContext(now -> something.run());
    }

    private static CompletionStage<Void> stage(Future<Void> written) {
        return written.toCompletionStage();
    }
}
