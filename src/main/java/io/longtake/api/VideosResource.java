package io.longtake.api;

import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import io.longtake.library.LibraryVideo;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Videos: ask for one, look at them, stop them, delete them. */
@Path("/v1/videos")
@Tag(name = "Videos", description = "In the shape of the OpenAI Videos API")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class VideosResource {

    private final VideoServices services;
    private final Askers askers;
    private final VideoOrders orders;

    @Context
    HttpHeaders http;

    VideosResource(VideoServices services, Askers askers, VideoOrders orders) {
        this.services = services;
        this.askers = askers;
        this.orders = orders;
    }

    /** What became of a video that was deleted. */
    @Schema(name = "VideoDeleted")
    public record Deleted(String id, String object, boolean deleted) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createVideo",
            summary = "Ask for a video",
            description =
                    "Takes JSON, or the same fields as a form. The answer comes when Kafka has the prompt event; with an"
                            + " Idempotency-Key, sending it again gives the same video. POST /v1/videos/sync takes the"
                            + " same and answers the video's file, while it is made.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = ModelsInOpenApi.JSON)),
                @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(ref = ModelsInOpenApi.FORM)),
                @Content(
                        mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                        schema = @Schema(ref = ModelsInOpenApi.FORM))
            })
    @APIResponseSchema(value = VideoDocument.class, responseCode = "200")
    public VideoDocument create(
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = IdempotencyKey.PATTERN))
                    @HeaderParam(IdempotencyKey.HEADER)
                    String key,
            byte[] body) {
        return create(key, VideoRequest.json(BodyLimit.check(body)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public VideoDocument create(@HeaderParam(IdempotencyKey.HEADER) String key, MultivaluedMap<String, String> form) {
        return create(key, VideoRequest.form(form));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public VideoDocument create(@HeaderParam(IdempotencyKey.HEADER) String key, MultipartFormDataInput form) {
        return create(key, VideoRequest.multipart(form));
    }

    private VideoDocument create(String key, VideoRequest request) {
        return document(orders.order(key, request, http));
    }

    @GET
    @Operation(operationId = "listVideos", summary = "The videos, by the time of their prompts")
    @APIResponseSchema(value = VideoPage.class, responseCode = "200")
    public VideoPage list(
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "" + VideoPage.MAX_VIDEOS,
                                            defaultValue = "20"))
                    @QueryParam("limit")
                    @DefaultValue("20")
                    String limit,
            @Parameter(
                            description = "The last video that was seen, which may have been deleted since",
                            schema = @Schema(type = SchemaType.STRING, minLength = 1))
                    @QueryParam("after")
                    String after,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"asc", "desc"},
                                            defaultValue = "desc"))
                    @QueryParam("order")
                    @DefaultValue("desc")
                    String order) {
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Problem.field("order", order, "must be asc or desc");
        }
        return VideoPage.of(services, Numbers.whole("limit", limit), after, order.equals("asc"), prefix());
    }

    @GET
    @Path("/{video_id}")
    @Operation(operationId = "retrieveVideo", summary = "How a video stands")
    @APIResponseSchema(value = VideoDocument.class, responseCode = "200")
    public VideoDocument retrieve(@PathParam("video_id") String id) {
        return document(services.video(id));
    }

    @POST
    @Path("/{video_id}/cancel")
    @Operation(
            operationId = "cancelVideo",
            summary = "Stop a video",
            description = "What was delivered stays playable. One that is over stays as it is.")
    @APIResponseSchema(value = VideoDocument.class, responseCode = "200")
    public VideoDocument cancel(@PathParam("video_id") String id) {
        Principal asker = askers.who(Right.CANCEL);
        LibraryVideo video = services.video(id);
        if (!video.history().status().over()) {
            services.cancel(asker, id, "cancelled over HTTP");
            video = orders.heard(id, now -> now.history().status().over()).orElse(video);
        }
        return document(video);
    }

    @DELETE
    @Path("/{video_id}")
    @Operation(operationId = "deleteVideo", summary = "Delete a video; one that is being made is stopped")
    @APIResponseSchema(value = Deleted.class, responseCode = "200")
    public Deleted delete(@PathParam("video_id") String id) {
        Principal asker = askers.who(Right.DELETE);
        services.video(id);
        services.library().delete(asker, id);
        return new Deleted(id, "video.deleted", true);
    }

    private VideoDocument document(LibraryVideo video) {
        return VideoDocument.of(video, services, prefix());
    }

    private PathPrefix prefix() {
        return PathPrefix.of(http.getHeaderString(PathPrefix.HEADER));
    }
}
