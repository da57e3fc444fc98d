package io.longtake.bench.viewers;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.zip.CRC32C;

/** Watches the live edge over a WebSocket. A stalled one stops reading with its first message, and never reads again. */
final class SocketViewer extends BenchViewer {

    private final boolean stalled;
    private final CRC32C batch = new CRC32C();
    private JsonObject announced;
    private long rest;
    private boolean ended;

    SocketViewer(boolean stalled, ViewerProgress progress) {
        super(stalled ? ViewerResult.ViewerKind.STALLED : ViewerResult.ViewerKind.SOCKET, progress);
        this.stalled = stalled;
    }

    void watch(WebSocketClient client, URI server, String videoId) {
        client.connect(new WebSocketConnectOptions()
                        .setHost(server.getHost())
                        .setPort(server.getPort())
                        .setURI("/v1/videos/" + videoId + "/frames?start=live"))
                .onSuccess(this::listen)
                .onFailure(refused -> fail("not connected: " + refused.getMessage()));
    }

    private void listen(WebSocket socket) {
        socket.exceptionHandler(broken -> fail(broken.toString()));
        socket.closeHandler(closed -> {
            if (ended) {
                end();
            } else {
                fail("closed: " + socket.closeStatusCode() + " " + socket.closeReason());
            }
        });
        socket.binaryMessageHandler(this::run);
        socket.textMessageHandler(text -> {
            said(new JsonObject(text));
            if (stalled) {
                socket.pause();
            }
        });
    }

    private void said(JsonObject message) {
        switch (message.getString("type")) {
            case "header", "batch" -> {
                announced = message;
                rest = message.getLong("bytes");
                batch.reset();
            }
            case "missed" -> missed(message.getLong("to_frame") - message.getLong("from_frame"));
            case "end" -> ended = true;
            default -> {
                // a heartbeat
            }
        }
    }

    private void run(Buffer run) {
        byte[] bytes = run.getBytes();
        bytes(bytes);
        batch.update(bytes);
        rest -= bytes.length;
        if (rest < 0 || (rest == 0 && batch.getValue() != announced.getLong("crc32c"))) {
            fail("these are not the bytes that were announced: " + announced);
        } else if (rest == 0) {
            frames(announced.getLong("frames", 0L));
        }
    }
}
