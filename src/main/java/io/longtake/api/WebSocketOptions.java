package io.longtake.api;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How this server speaks WebSocket. */
@ApplicationScoped
public class WebSocketOptions implements HttpServerOptionsCustomizer {

    /** Viewers ask for batches, and say nothing else. */
    private static final int MESSAGE = 4096;

    /** For a viewer to answer a close frame. */
    static final Duration CLOSING = Duration.ofSeconds(5);

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
                .setWebSocketClosingTimeout((int) CLOSING.toSeconds())
                // coded video does not get smaller, and would be compressed once for each viewer
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }
}
