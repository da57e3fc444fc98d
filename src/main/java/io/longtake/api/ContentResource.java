package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A video's file, and pictures of it. */
@Path("/v1/videos/{video_id}/content")
@Tag(name = "Videos")
public class ContentResource {

    /** RFC 9113, section 7. */
    private static final long INTERNAL_ERROR = 2;

    private static final Map<String, String> TYPES =
            Map.of("mp4", "video/mp4", "matroska", "video/x-matroska", "rgb24", "application/octet-stream");

    private final VideoServices services;

    ContentResource(VideoServices services) {
        this.services = services;
    }

    @GET
    @Operation(
            operationId = "retrieveVideoContent",
            summary = "The video's file",
            description =
                    "While the video grows: what there is, and ranges of it. variant=thumbnail is its first frame,"
                            + " variant=spritesheet frames of all of it, both as JPEG.")
    @APIResponse(
            responseCode = "200",
            description = "The file, or a picture",
            content = {
                @Content(mediaType = "video/mp4"),
                @Content(mediaType = "video/x-matroska"),
                @Content(mediaType = "application/octet-stream"),
                @Content(mediaType = "image/jpeg")
            })
    @APIResponse(
            responseCode = "206",
            description = "A range of it",
            content = {
                @Content(mediaType = "video/mp4"),
                @Content(mediaType = "video/x-matroska"),
                @Content(mediaType = "application/octet-stream")
            })
    @APIResponse(responseCode = "404", description = "No such video, or nothing of it can be played yet")
    @APIResponse(responseCode = "416", description = "The range begins behind what is here")
    public CompletionStage<Response> content(
            @PathParam("video_id") String id,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"video", "thumbnail", "spritesheet"},
                                            defaultValue = "video"))
                    @QueryParam("variant")
                    @DefaultValue("video")
                    String variant,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @Context RoutingContext http) {
        LibraryVideo video = services.video(id);
        Uni<Response> answer =
                switch (variant) {
                    case "video" -> file(video, range, ifRange, ifNoneMatch, http);
                    case "thumbnail" -> picture(
                            () -> Pictures.thumbnail(services.library().store(), started(video)));
                    case "spritesheet" -> picture(
                            () -> Pictures.spritesheet(services.library().store(), started(video)));
                    default -> throw Problem.field("variant", variant, "must be video, thumbnail or spritesheet");
                };
        // not as a Uni: to what that has written at once, the framework would add a handler afterwards
        return answer.subscribeAsCompletionStage();
    }

    /** The media type of a video's file. */
    static String type(String container) {
        return TYPES.getOrDefault(container, "application/octet-stream");
    }

    private Uni<Response> file(
            LibraryVideo video, String range, String ifRange, String ifNoneMatch, RoutingContext http) {
        ContentFile file = new ContentFile(started(video));
        long length = file.length();
        boolean growing = !video.over();
        // what grows is another representation with every fragment
        String tag = "\"" + video.fragments().next() + "-" + length + (growing ? "-growing" : "") + "\"";
        if (tag.equals(ifNoneMatch)) {
            return Uni.createFrom()
                    .item(Response.notModified().header("ETag", tag).build());
        }
        ByteRange bytes = ByteRange.of(ifRange == null || ifRange.equals(tag) ? range : null, length, growing);
        HttpServerResponse response = http.response();
        response.setStatusCode(bytes.partial() ? 206 : 200)
                .putHeader("Content-Type", type(video.fragments().container()))
                .putHeader("Content-Length", Long.toString(bytes.length()))
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag);
        if (bytes.partial()) {
            response.putHeader("Content-Range", bytes.contentRange(length, growing));
        }
        if (http.request().method() == HttpMethod.HEAD) {
            return Uni.createFrom()
                    .completionStage(response.end().toCompletionStage())
                    .replaceWith((Response) null);
        }
        return send(file, bytes, http);
    }

    /** A run is read when the one before is on its way: a slow reader costs memory for one, and no thread. */
    private Uni<Response> send(ContentFile file, ByteRange bytes, RoutingContext http) {
        HttpServerResponse response = http.response();
        List<ContentRun> runs = file.runs(bytes.from(), bytes.to());
        return Multi.createFrom()
                .iterable(runs)
                .onItem()
                .transformToUniAndConcatenate(run -> Uni.createFrom()
                        .item(() -> run.read(services.library().store()))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .flatMap(read -> Uni.createFrom().completionStage(() -> response.write(Buffer.buffer(read))
                                .toCompletionStage())))
                .collect()
                .last()
                .flatMap(all ->
                        Uni.createFrom().completionStage(() -> response.end().toCompletionStage()))
                .onFailure()
                .invoke(gone -> cut(http))
                .onFailure()
                .recoverWithNull()
                .replaceWith((Response) null);
    }

    /** Half a file must not look like a whole one. */
    static void cut(RoutingContext http) {
        if (http.response().ended()) {
            return;
        }
        if (http.request().version() == HttpVersion.HTTP_2) {
            http.response().reset(INTERNAL_ERROR); // without a code, it says that nothing went wrong
        } else {
            http.request().connection().close(); // reset would leave the framework time to end the answer in order
        }
    }

    private static Uni<Response> picture(java.util.function.Supplier<byte[]> made) {
        return Uni.createFrom()
                .item(made)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(jpeg -> Response.ok(jpeg, "image/jpeg")
                        .header("Cache-Control", "no-cache")
                        .build());
    }

    private static LibraryVideo started(LibraryVideo video) {
        if (!video.fragments().playable()) {
            throw Problem.of(
                    404,
                    "nothing to watch yet",
                    "no second of video " + video.id() + " is finished; it is "
                            + video.status().name().toLowerCase(java.util.Locale.ROOT)
                            + (video.history().message().isEmpty()
                                    ? ""
                                    : ": " + video.history().message()));
        }
        return video;
    }
}
