package io.longtake.bench.viewers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Many viewers in one process, on one thread. */
public final class BenchViewers implements AutoCloseable {

    private final URI server;
    private final Size size;
    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final HttpClient http;

    /**
     * How many of each kind.
     *
     * @param sockets over WebSockets, those that stall among them
     * @param hls over HLS
     * @param stalled of the sockets; each reads its first message and then nothing
     */
    public record Size(int sockets, int hls, int stalled) {

        private static final int MAX = 10_000;

        public Size {
            if (sockets < 0 || sockets > MAX || hls < 0 || hls > MAX || stalled < 0 || stalled > sockets) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "sockets and hls must be from 0 to %d, and stalled from 0 to sockets, found %d, %d and %d",
                        MAX,
                        sockets,
                        hls,
                        stalled));
            }
        }

        /** Who should see everything. */
        public int live() {
            return sockets - stalled + hls;
        }
    }

    /**
     * A video that is being watched.
     *
     * @param results what became of each, when all that are not stalled have stopped; the stalled ones as far as they stopped
     */
    public record Watching(Size size, ViewerProgress progress, CompletableFuture<List<ViewerResult>> results) {

        /** Waits until every viewer that is not stalled has so many frames. Whether they have. */
        public boolean awaitFrames(long frames, Duration atMost) throws InterruptedException {
            return progress.await(size.live(), frames, atMost);
        }
    }

    /** @param server its address, with host and port */
    public BenchViewers(URI server, Size size) {
        this.server = server;
        this.size = size;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(size.sockets() + 1));
        this.http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(size.hls() + 1));
    }

    /**
     * Everybody begins at once.
     *
     * @param frameRate of the video, for counting frames of segments whose length is told in seconds
     */
    public Watching watch(String videoId, int frameRate) {
        ViewerProgress progress = new ViewerProgress();
        List<CompletableFuture<ViewerResult>> live = new ArrayList<>();
        List<CompletableFuture<ViewerResult>> stalled = new ArrayList<>();
        for (int n = 0; n < size.sockets(); n++) {
            boolean stalls = n < size.stalled();
            SocketViewer viewer = new SocketViewer(stalls, progress);
            (stalls ? stalled : live).add(viewer.done());
            viewer.watch(sockets, server, videoId);
        }
        for (int n = 0; n < size.hls(); n++) {
            HlsViewer viewer = new HlsViewer(vertx, http, server, videoId, frameRate, progress);
            live.add(viewer.done());
            viewer.watch();
        }
        CompletableFuture<List<ViewerResult>> seen = CompletableFuture.allOf(live.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<ViewerResult> all = new ArrayList<>();
                    live.forEach(viewer -> all.add(viewer.join()));
                    stalled.forEach(viewer -> all.add(viewer.getNow(
                            new ViewerResult(ViewerResult.ViewerKind.STALLED, 0, 0, 0, 0, "still connected"))));
                    return all;
                });
        return new Watching(size, progress, seen);
    }

    /** Everybody leaves. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
