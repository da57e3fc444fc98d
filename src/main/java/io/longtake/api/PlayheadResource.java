package io.longtake.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Players that say where they are: videos are made a bounded lead ahead of the one that is furthest. */
@Path("/v1/videos/{video_id}")
@Tag(name = "Live playback")
@Blocking
public class PlayheadResource {

    private final VideoServices services;

    PlayheadResource(VideoServices services) {
        this.services = services;
    }

    @POST
    @Path("/playhead")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "sayPlayhead",
            summary = "Say where a player is",
            description =
                    "For players that know: when they start, pause and jump, and every few seconds. Who says nothing"
                            + " is taken to play since it asked for its playlist; who is silent for 15 seconds is gone.")
    @APIResponse(responseCode = "204", description = "Heard")
    public void playhead(
            @PathParam("video_id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PlayheadRequest.class)))
                    byte[] body) {
        PlayheadRequest playhead = PlayheadRequest.json(BodyLimit.check(body));
        services.viewers().says(services.video(id), playhead.viewer(), playhead.frame(), playhead.playing());
    }
}
