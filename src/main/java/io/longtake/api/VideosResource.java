package io.longtake.api;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import io.longtake.event.PromptEvent;
import io.longtake.library.LibraryVideo;
import io.longtake.library.PromptDetails;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Videos: ask for one, look at them, stop them, delete them. */
@Path("/v1/videos")
@Tag(name = "Videos", description = "In the shape of the OpenAI Videos API")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class VideosResource {

    /** Requests with different keys rarely wait for each other. */
    private static final int TURNS = 64;

    /** The librarian hears of what others sent milliseconds after Kafka has it. */
    private static final Duration HEARD = Duration.ofSeconds(5);

    private final VideoServices services;
    private final Askers askers;
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    @Context
    HttpHeaders http;

    VideosResource(VideoServices services, Askers askers) {
        this.services = services;
        this.askers = askers;
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
                            + " Idempotency-Key, sending it again gives the same video.")
    @APIResponseSchema(value = VideoDocument.class, responseCode = "200")
    public VideoDocument create(
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = VideoRequestBody.class)))
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
        Map<String, List<String>> fields = new LinkedHashMap<>();
        form.getValues().forEach((name, values) -> {
            List<String> texts = new ArrayList<>();
            for (FormValue value : values) {
                if (value.isFileItem()) {
                    throw Problem.field(name, value.getFileName(), "is a file: files are not taken yet");
                }
                texts.add(value.getValue());
            }
            fields.put(name, texts);
        });
        return create(key, VideoRequest.form(fields));
    }

    @GET
    @Operation(operationId = "listVideos", summary = "The videos, by the time of their prompts")
    @APIResponseSchema(value = VideoPage.class, responseCode = "200")
    public VideoPage list(
            @QueryParam("limit") @DefaultValue("20") String limit,
            @QueryParam("after") String after,
            @QueryParam("order") @DefaultValue("desc") String order) {
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Problem.field("order", order, "must be asc or desc");
        }
        return VideoPage.of(services, Numbers.whole("limit", limit), after, order.equals("asc"));
    }

    @GET
    @Path("/{video_id}")
    @Operation(operationId = "retrieveVideo", summary = "How a video stands")
    @APIResponseSchema(value = VideoDocument.class, responseCode = "200")
    public VideoDocument retrieve(@PathParam("video_id") String id) {
        return VideoDocument.of(services.video(id), services);
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
            video = heard(id, now -> now.history().status().over()).orElse(video);
        }
        return VideoDocument.of(video, services);
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

    private VideoDocument create(String key, VideoRequest request) {
        Principal asker = askers.who(Right.ORDER);
        String id = key == null ? UUID.randomUUID().toString() : new IdempotencyKey(key).videoId();
        PromptEvent event = request.event(id, services.models());
        LibraryVideo video;
        synchronized (turns[Math.floorMod(id.hashCode(), TURNS)]) { // whoever comes second sees what the first has sent
            video = ordered(asker, event);
        }
        PromptDetails known = video.history().details();
        if (known != null && !known.equals(PromptDetails.of(event))) {
            throw Problem.of(
                    422,
                    "Idempotency-Key used before",
                    "video " + id + " was asked for with this Idempotency-Key and another body; take another key");
        }
        return VideoDocument.of(video, services);
    }

    /** The video of a prompt event, which is sent unless its video is known; as it is known once Kafka has the event. */
    private LibraryVideo ordered(Principal asker, PromptEvent event) {
        String id = event.getVideoId();
        if (services.library().wasDeleted(id)) {
            throw Problem.of(410, "video deleted", "the video of this Idempotency-Key was deleted; take another key");
        }
        if (services.library().videos().find(id).isPresent()) {
            // by another server perhaps, whose news of it were read before its prompt
            return heard(id, now -> now.history().details() != null).orElseThrow(() -> Problem.unknownVideo(id));
        }
        OrderAnswers.check(services.admission().admit(asker, event));
        Instant sentAt = services.order(asker, event, trace());
        return services.library().sent(event, sentAt.toEpochMilli());
    }

    private CarriedHeaders trace() {
        return CarriedHeaders.ofTrace(http.getHeaderString("traceparent"), http.getHeaderString("tracestate"));
    }

    private Optional<LibraryVideo> heard(String id, Predicate<LibraryVideo> condition) {
        return services.library().videos().await(id, condition, HEARD).join();
    }
}
