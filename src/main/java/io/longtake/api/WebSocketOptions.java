package io.longtake.api;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** How this server speaks WebSocket. */
@ApplicationScoped
public class WebSocketOptions implements HttpServerOptionsCustomizer {

    /** Viewers ask for batches, and say nothing else. */
    private static final int MESSAGE = 4096;

    /** Of a viewer that does not answer a close frame: it may be one that reads nothing at all. */
    private static final int CLOSING_SECONDS = 5;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        set(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        set(options);
    }

    private static void set(HttpServerOptions options) {
        options.setMaxWebSocketMessageSize(MESSAGE)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                // coded video does not get smaller, and would be compressed once for each viewer
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }
}
