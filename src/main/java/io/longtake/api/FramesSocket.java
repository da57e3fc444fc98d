package io.longtake.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.library.LibraryVideo;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code /v1/videos/{video_id}/frames}: a video's batches over a WebSocket, while it is made and afterwards. What a viewer
 * gets, and how it asks for it, is in docs/watching.md. Whatever is wrong with its address is answered before there is a
 * socket, as everywhere here.
 */
@ApplicationScoped
public class FramesSocket {

    /** So often it is looked for viewers that stalled, and for silence. */
    private static final long TICK_MILLIS = 1000;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final VideoServices services;
    private final FrameLimits limits;
    private final FrameMeters meters;
    private final ViewerLimit viewerLimit;
    private final Set<FrameViewer> viewers = ConcurrentHashMap.newKeySet();

    FramesSocket(VideoServices services, FrameSettings settings, MeterRegistry registry) {
        this.services = services;
        this.limits = FrameLimits.of(settings);
        this.viewerLimit = new ViewerLimit(limits);
        this.meters = new FrameMeters(registry);
        meters.viewers(viewerLimit);
    }

    void register(@Observes Router router, Vertx vertx) {
        router.route("/v1/videos/:video_id/frames").handler(this::upgrade);
        vertx.setPeriodic(TICK_MILLIS, tick -> viewers.forEach(FrameViewer::tick));
    }

    void stop(@Observes ShutdownEvent event) {
        viewers.forEach(viewer -> viewer.end(FrameClose.GOING, "this server stops; go on with from_frame"));
    }

    private void upgrade(RoutingContext http) {
        try {
            if (http.request().method() != HttpMethod.GET) {
                throw Problem.of(405, "method not allowed", "this address takes GET, and speaks WebSocket")
                        .header("Allow", "GET");
            }
            LibraryVideo video = services.video(http.pathParam("video_id"));
            FrameRequest request = FrameRequest.of(video, http.queryParams());
            requireUpgrade(http);
            viewerLimit.take(video.id());
            http.request()
                    .toWebSocket()
                    .onSuccess(socket -> open(request, connection(http, socket)))
                    .onFailure(refused -> viewerLimit.leave(video.id()));
        } catch (Problem problem) {
            problem.answer(http.response());
        }
    }

    private static VertxFrameConnection connection(RoutingContext http, ServerWebSocket socket) {
        Channel channel = ((ConnectionBase) http.request().connection()).channel();
        return new VertxFrameConnection(socket, channel, http.vertx().getOrCreateContext());
    }

    private void open(FrameRequest request, VertxFrameConnection connection) {
        FrameViewer viewer = new FrameViewer(
                request, services, connection, limits, meters, Infrastructure.getDefaultWorkerPool(), System::nanoTime);
        viewers.add(viewer);
        ServerWebSocket socket = connection.socket();
        socket.closeHandler(closed -> {
            viewers.remove(viewer);
            viewerLimit.leave(request.videoId());
            viewer.gone();
        });
        socket.exceptionHandler(broken -> viewer.end(FrameClose.BROKEN, "the connection broke"));
        socket.pongHandler(pong -> ponged(viewer, pong));
        socket.textMessageHandler(message -> heard(viewer, message));
        socket.binaryMessageHandler(message -> misused(viewer));
        viewer.open();
    }

    private static void ponged(FrameViewer viewer, Buffer pong) {
        if (pong.length() == Long.BYTES) {
            viewer.ponged(pong.getLong(0));
        }
    }

    private static void heard(FrameViewer viewer, String message) {
        try {
            JsonNode request = JSON.readTree(message).path("request");
            if (request.isInt() && request.asInt() > 0) {
                viewer.requested(request.asInt());
                return;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // told below
        }
        misused(viewer);
    }

    private static void misused(FrameViewer viewer) {
        viewer.end(FrameClose.MISUSED, "expected {\"request\": n} with n from 1 to 2147483647");
    }

    private static void requireUpgrade(RoutingContext http) {
        if (!"websocket".equalsIgnoreCase(http.request().getHeader(HttpHeaders.UPGRADE))) {
            throw Problem.of(426, "WebSocket expected", "this address speaks WebSocket: ask for that with Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Connection", "Upgrade");
        }
    }
}
