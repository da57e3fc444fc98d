package io.longtake.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/**
 * What happens to a video, as server-sent events. An event's id is its place in Kafka: the same after a restart and on every
 * server, so a listener goes on where it was. It is told the next event when it has taken the one before; one that was away
 * too long, or comes new, is told how the video stands, and goes on from there.
 */
@Path("/v1/videos/{video_id}/events")
@Tag(name = "Videos")
public class EventsResource {

    /** Below the half minute after which proxies like to close a silent connection. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an event's id looks like; empty: none. */
    private static final String SEEN = "^(-1|[0-9]{1,18})?$";

    private final VideoServices services;

    /** One event of the stream, as clients of server-sent events see it. */
    @Schema(name = "VideoEvent")
    public record SentEvent(
            @Schema(required = true, description = "Its place in Kafka; Last-Event-ID goes on behind it") String id,
            @Schema(
                            required = true,
                            enumeration = {
                                "video",
                                "accepted",
                                "stage_done",
                                "stitched",
                                "extended",
                                "late",
                                "finished",
                                "failed",
                                "cancelled"
                            })
                    String event,
            @Schema(required = true, description = "JSON: of 'video' a Video, otherwise kind, stage, segment, frames …")
                    String data) {}

    /** @param prefix before the addresses that it is told */
    private record Listener(Sse sse, PathPrefix prefix) {

        OutboundSseEvent.Builder event() {
            return sse.newEventBuilder();
        }
    }

    EventsResource(VideoServices services) {
        this.services = services;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "videoEvents",
            summary = "What happens to a video, as server-sent events",
            description =
                    "First an event 'video', how the video stands; then accepted, stage_done, stitched, extended, late"
                            + " (a viewer waited for a segment), and finished, failed or cancelled, after which the stream ends. With Last-Event-ID it goes on behind that"
                            + " event; where there is nothing behind it the answer is 204.")
    @APIResponse(
            responseCode = "200",
            description = "Events until the video is over",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = SentEvent.class)))
    @APIResponse(responseCode = "204", description = "Everything was told")
    @ResponseHeader(
            name = "Cache-Control",
            value = "no-cache, no-transform") // who compresses events keeps them until they are many
    @ResponseHeader(name = "X-Accel-Buffering", value = "no") // and so does nginx, unless it is told not to
    public Multi<OutboundSseEvent> events(
            @PathParam("video_id") String id,
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = SEEN)) @HeaderParam("Last-Event-ID")
                    String last,
            @Context Sse sse,
            @Context HttpHeaders http) {
        LibraryVideo video = services.video(id);
        Listener listener = new Listener(sse, PathPrefix.of(http.getHeaderString(PathPrefix.HEADER)));
        if (last != null && !last.isEmpty()) {
            long seen = seen(last);
            if (ended(video, seen)) {
                throw new WebApplicationException(204);
            }
            if (video.remembers(seen)) {
                return following(id, seen, listener);
            }
        }
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(standing(video, listener)),
                        following(id, video.history().lastEvent(), listener));
    }

    private Multi<OutboundSseEvent> following(String id, long behind, Listener listener) {
        AtomicLong seen = new AtomicLong(behind);
        return Multi.createBy()
                .repeating()
                .uni(() -> next(id, seen, listener))
                .whilst(Optional::isPresent)
                .select()
                .where(Optional::isPresent)
                .map(Optional::get);
    }

    /** The next event, or a heartbeat; nothing if the video is over or gone. */
    private Uni<Optional<OutboundSseEvent>> next(String id, AtomicLong seen, Listener listener) {
        return Uni.createFrom()
                .completionStage(() -> services.library()
                        .videos()
                        .await(id, video -> video.after(seen.get()).isPresent() || ended(video, seen.get()), HEARTBEAT))
                .emitOn(Infrastructure.getDefaultExecutor())
                .map(found ->
                        found.filter(video -> !ended(video, seen.get())).map(video -> told(video, seen, listener)));
    }

    private OutboundSseEvent told(LibraryVideo video, AtomicLong seen, Listener listener) {
        if (!video.remembers(seen.get())) {
            seen.set(video.history().lastEvent());
            return standing(video, listener);
        }
        return video.after(seen.get())
                .map(event -> told(event, seen, listener))
                .orElseGet(() -> listener.event().comment("heartbeat").build());
    }

    private OutboundSseEvent standing(LibraryVideo video, Listener listener) {
        return listener.event()
                .id(Long.toString(video.history().lastEvent()))
                .name("video")
                .data(json(VideoDocument.of(video, services, listener.prefix())))
                .build();
    }

    private static boolean ended(LibraryVideo video, long seen) {
        return video.history().status().over() && seen >= video.history().lastEvent();
    }

    private static OutboundSseEvent told(StoredEvent event, AtomicLong seen, Listener listener) {
        seen.set(event.id());
        return listener.event()
                .id(Long.toString(event.id()))
                .name(event.event().getKind().name().toLowerCase(Locale.ROOT))
                .data(json(EventDocument.of(event.event())))
                .build();
    }

    private static String json(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long seen(String last) {
        if (!last.matches(SEEN)) {
            throw Problem.field("Last-Event-ID", last, "must be the id of an event of this video");
        }
        return Long.parseLong(last);
    }
}
