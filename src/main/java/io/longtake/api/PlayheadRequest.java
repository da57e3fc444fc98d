package io.longtake.api;

import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a player says of itself. */
@Schema(name = "Playhead", additionalProperties = Schema.False.class)
record PlayheadRequest(
        @Schema(
                        required = true,
                        pattern = PlaybackSession.NAME,
                        description = "The name in its playlists' addresses",
                        examples = "x7f3k2")
                String viewer,
        @Schema(
                        required = true,
                        minimum = "0",
                        maximum = "9223372036854775807",
                        description = "The frame that it shows, from 0",
                        examples = "48")
                long frame,
        @Schema(
                        nullable = true,
                        description = "Whether it goes on from there, or would if there were more",
                        defaultValue = "true")
                boolean playing) {

    private static final Set<String> FIELDS = Set.of("viewer", "frame", "playing");

    /** @throws Problem 400 naming every field that is wrong */
    static PlayheadRequest json(byte[] bytes) {
        RequestFields fields = RequestFields.json(bytes, "{\"viewer\": \"x7f3k2\", \"frame\": 48, \"playing\": true}");
        fields.requireKnown(FIELDS);
        if (!fields.has("viewer")) {
            fields.fault("viewer", "is missing: must be a string");
        }
        if (!fields.has("frame") || fields.isText("frame")) {
            fields.fault("frame", "must be a whole number from 0");
        }
        String viewer = fields.text("viewer", "");
        if (!viewer.matches(PlaybackSession.NAME)) {
            fields.fault("viewer", PlaybackSession.NAME_EXPECTED);
        }
        long frame = fields.whole("frame", 0, 0, Long.MAX_VALUE);
        boolean playing = fields.flag("playing", true);
        fields.requireNoFault();
        return new PlayheadRequest(viewer, frame, playing);
    }
}
