package io.longtake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.api.ProblemDocument.Fault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a player says of itself. */
@Schema(name = "Playhead")
record PlayheadRequest(
        @Schema(required = true, description = "The name in its playlists' addresses", examples = "x7f3k2")
                String viewer,
        @Schema(required = true, description = "The frame that it shows, from 0", examples = "48") long frame,
        @Schema(description = "Whether it goes on from there, or would if there were more", defaultValue = "true")
                boolean playing) {

    private static final Set<String> FIELDS = new TreeSet<>(Set.of("viewer", "frame", "playing"));

    /** @throws Problem 400 naming every field that is wrong */
    static PlayheadRequest json(byte[] bytes) {
        ObjectNode body = JsonBody.object(bytes, "{\"viewer\": \"x7f3k2\", \"frame\": 48, \"playing\": true}");
        List<Fault> faults = new ArrayList<>();
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                faults.add(fault(body, name, "is unknown: expected some of " + FIELDS));
            }
        }
        if (!body.path("viewer").isTextual()) {
            faults.add(fault(body, "viewer", "must be a string"));
        }
        JsonNode frame = body.path("frame");
        if (!frame.canConvertToLong() || !frame.isIntegralNumber() || frame.longValue() < 0) {
            faults.add(fault(body, "frame", "must be a whole number from 0"));
        }
        if (body.hasNonNull("playing") && !body.get("playing").isBoolean()) {
            faults.add(fault(body, "playing", "must be true or false"));
        }
        if (!faults.isEmpty()) {
            throw Problem.fields(faults);
        }
        return new PlayheadRequest(
                PlaybackSession.name(body.get("viewer").textValue()),
                frame.longValue(),
                body.path("playing").asBoolean(true));
    }

    private static Fault fault(ObjectNode body, String field, String detail) {
        JsonNode value = body.path(field);
        return new Fault(field, value.isTextual() ? value.textValue() : value.toString(), detail);
    }
}
