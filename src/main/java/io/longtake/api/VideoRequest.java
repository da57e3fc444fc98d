package io.longtake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.api.ProblemDocument.Fault;
import io.longtake.director.Admission;
import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.model.ModelManifest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The body of a request for a video, checked in every field before anything is sent. */
final class VideoRequest {

    /** Of the API whose shape this is. */
    private static final String SECONDS = "4";

    private static final Set<String> FIELDS =
            new TreeSet<>(Set.of("prompt", "model", "seconds", "size", "seed", "negative_prompt", "guidance", "steps"));

    private final JsonNode body;
    private final List<Fault> faults = new ArrayList<>();

    private VideoRequest(JsonNode body) {
        this.body = body;
    }

    /** @throws Problem 400 if it is no JSON object */
    static VideoRequest json(byte[] bytes) {
        return new VideoRequest(JsonBody.object(bytes, "{\"prompt\": \"a drive at night\"}"));
    }

    /** Of a form; each field once. */
    static VideoRequest form(Map<String, List<String>> fields) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, values) -> {
            if (values.size() > 1) {
                throw Problem.field(
                        name, values.size() + " values", "is given " + values.size() + " times, the limit is 1");
            }
            body.put(name, values.get(0));
        });
        return new VideoRequest(body);
    }

    /**
     * The prompt event.
     *
     * @throws Problem 400 naming every field that is wrong
     */
    PromptEvent event(String videoId, Catalogue models) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                fault(name, "is unknown: expected some of " + FIELDS);
            }
        }
        if (!body.hasNonNull("prompt")) {
            fault("prompt", "is missing: expected a description of the video");
        }
        PromptEvent event = PromptEvent.newBuilder()
                .setVideoId(videoId)
                .setScenes(Scenes.only(scene()))
                .setModel(text("model", defaultModel()))
                .setSeconds(number("seconds", SECONDS))
                .build();
        models.find(event.getModel())
                .ifPresentOrElse(
                        model -> admit(event, model.manifest()),
                        () -> fault("model", "is unknown: expected one of " + models.names()));
        if (!faults.isEmpty()) {
            throw Problem.fields(faults);
        }
        return event;
    }

    private Scene scene() {
        return Scene.newBuilder()
                .setPrompt(text("prompt", ""))
                .setNegativePrompt(text("negative_prompt", ""))
                .setSeed(whole("seed", "0"))
                .setGuidance(body.hasNonNull("guidance") ? number("guidance", "1") : null)
                .setSteps(body.hasNonNull("steps") ? steps() : null)
                .build();
    }

    private void admit(PromptEvent event, ModelManifest model) {
        Admission.check(event, model).forEach(violation -> fault(violation.field(), violation.problem()));
        String made = model.video().width() + "x" + model.video().height();
        if (!text("size", made).equals(made)) {
            fault("size", "must be " + made + ": model " + model.name() + " makes no other");
        }
    }

    /** The first fault of a field is the one that helps. */
    private void fault(String field, String detail) {
        if (faults.stream().noneMatch(known -> known.field().equals(field))) {
            faults.add(new Fault(field, value(field), detail));
        }
    }

    private String text(String field, String otherwise) {
        if (!body.hasNonNull(field)) {
            return otherwise;
        }
        if (!body.get(field).isTextual()) {
            fault(field, "must be a string");
            return otherwise;
        }
        return body.get(field).textValue();
    }

    /** A number, or a string that says one, as forms and the OpenAI libraries send it. */
    private double number(String field, String otherwise) {
        try {
            String written = written(field, otherwise);
            if (!written.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?")) {
                throw new NumberFormatException(written);
            }
            return Double.parseDouble(written);
        } catch (NumberFormatException e) {
            fault(field, "must be a number");
            return Double.parseDouble(otherwise);
        }
    }

    private long whole(String field, String otherwise) {
        try {
            return Long.parseLong(written(field, otherwise));
        } catch (NumberFormatException e) {
            fault(field, "must be a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
            return 0;
        }
    }

    private int steps() {
        long steps = whole("steps", "1");
        return (int) Math.max(-1, Math.min(steps, Integer.MAX_VALUE));
    }

    private String written(String field, String otherwise) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() && !value.isTextual()) {
            throw new NumberFormatException(value.getNodeType().toString());
        }
        return value.asText();
    }

    private String value(String field) {
        JsonNode value = body.get(field);
        return value == null ? "" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static String defaultModel() {
        return ModelDocument.standardName();
    }
}
