package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.library.VideoHistory;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * Takes an order and answers the video's file itself, fragment by fragment while it is made: it plays as it comes. Not in the
 * document for machines, because the answer takes as long as the video is made: programs that try each address would wait.
 */
@Path("/v1/videos/sync")
@Blocking
public class SyncResource {

    /** Whoever waits is looked after so often. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final VideoServices services;
    private final VideoOrders orders;

    SyncResource(VideoServices services, VideoOrders orders) {
        this.services = services;
        this.orders = orders;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public CompletionStage<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) String key,
            byte[] body,
            @Context HttpHeaders headers,
            @Context RoutingContext http) {
        return create(key, VideoRequest.json(BodyLimit.check(body)), headers, http);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public CompletionStage<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) String key,
            MultivaluedMap<String, String> form,
            @Context HttpHeaders headers,
            @Context RoutingContext http) {
        return create(key, VideoRequest.form(form), headers, http);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public CompletionStage<Response> create(
            @HeaderParam(IdempotencyKey.HEADER) String key,
            MultipartFormDataInput form,
            @Context HttpHeaders headers,
            @Context RoutingContext http) {
        return create(key, VideoRequest.multipart(form), headers, http);
    }

    /** Not as a Uni: to what that has written at once, the framework would add a handler afterwards. */
    private CompletionStage<Response> create(
            String key, VideoRequest request, HttpHeaders headers, RoutingContext http) {
        PathPrefix prefix = PathPrefix.of(headers.getHeaderString(PathPrefix.HEADER));
        String id = orders.order(key, request, headers).id();
        AtomicInteger next = new AtomicInteger();
        return fragment(id, next.get())
                .invoke(video -> begin(video, prefix, http.response()))
                .onItem()
                .transformToUni(video -> Multi.createBy()
                        .repeating()
                        .uni(() -> fragment(id, next.get())
                                .flatMap(now -> send(now, next.getAndIncrement(), http.response())))
                        .whilst(more -> more)
                        .collect()
                        .last()
                        .flatMap(all -> Uni.createFrom()
                                .completionStage(() -> http.response().end().toCompletionStage()))
                        .onFailure()
                        .invoke(gone -> ContentResource.cut(http))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWith((Response) null))
                .subscribeAsCompletionStage();
    }

    /** The video as soon as it has a fragment, or is over without. */
    private Uni<LibraryVideo> fragment(String id, int number) {
        return Uni.createFrom()
                .completionStage(() -> services.library()
                        .videos()
                        .await(id, video -> video.over() || video.fragments().has(number), LOOK))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(video -> video.orElseThrow(() -> Problem.unknownVideo(id)))
                .flatMap(video -> video.over() || video.fragments().has(number)
                        ? Uni.createFrom().item(video)
                        : fragment(id, number));
    }

    private static void begin(LibraryVideo video, PathPrefix prefix, HttpServerResponse response) {
        if (!video.fragments().has(0)) {
            String detail = "video " + video.id() + " ended before its first second: "
                    + video.history().message();
            throw video.status() == VideoHistory.Status.CANCELLED
                    ? Problem.of(409, "video cancelled", detail)
                    : Problem.of(500, "video failed", detail);
        }
        response.setChunked(true)
                .putHeader(
                        "Content-Type", ContentResource.type(video.fragments().container()))
                .putHeader("Content-Location", prefix.text() + "/v1/videos/" + video.id() + "/content")
                .putHeader("Cache-Control", "no-store, no-transform")
                .putHeader("X-Accel-Buffering", "no");
    }

    /** @return whether more comes; fails if the video ended before its end: half a file must not look like a whole one */
    private Uni<Boolean> send(LibraryVideo video, int number, HttpServerResponse response) {
        if (!video.fragments().has(number)) {
            return video.fragments().complete()
                    ? Uni.createFrom().item(false)
                    : Uni.createFrom()
                            .failure(() -> new IllegalStateException("video " + video.id() + " is incomplete"));
        }
        StoredFragment fragment = video.fragments().all().get(number);
        byte[] bytes = services.library().fragments().read(video.id(), fragment).bytes();
        return Uni.createFrom()
                .completionStage(() -> response.write(Buffer.buffer(bytes)).toCompletionStage())
                .replaceWith(true);
    }
}
