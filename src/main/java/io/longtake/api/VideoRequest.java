package io.longtake.api;

import io.longtake.director.Admission;
import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.model.ModelManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * The body of a request for a video, checked in every field before anything is sent. The fields are those of the OpenAI Videos
 * API and of the open servers that speak it; {@link ModelsInOpenApi} describes them.
 */
final class VideoRequest {

    /** Of the API whose shape this is. */
    static final double SECONDS = 4;

    /** What fields were called here first, which clients may still send. */
    private static final Map<String, String> EARLIER_NAMES =
            Map.of("guidance_scale", "guidance", "num_inference_steps", "steps");

    /** What other servers take and what changes no picture. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("user", "generator_device");

    private static final Set<String> FIELDS = Set.of(
            "prompt",
            "model",
            "seconds",
            "num_frames",
            "fps",
            "size",
            "width",
            "height",
            "seed",
            "negative_prompt",
            "guidance_scale",
            "num_inference_steps",
            "output_quality");

    private final RequestFields fields;

    private VideoRequest(RequestFields fields) {
        this.fields = fields;
    }

    /** @throws Problem 400 if it is no JSON object */
    static VideoRequest json(byte[] bytes) {
        return new VideoRequest(RequestFields.json(bytes, "{\"prompt\": \"a drive at night\"}"));
    }

    /** Of a form; each field once. */
    static VideoRequest form(Map<String, List<String>> fields) {
        return new VideoRequest(RequestFields.form(fields));
    }

    /**
     * The same.
     *
     * @throws Problem 400 if one of its fields is a file
     */
    static VideoRequest multipart(MultipartFormDataInput form) {
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
        return form(fields);
    }

    /**
     * The prompt event.
     *
     * @throws Problem 400 naming every field that is wrong
     */
    PromptEvent event(String videoId, Catalogue models) {
        requireKnownFields();
        String name = fields.text("model", ModelDocument.standardName());
        PromptEvent.Builder event = PromptEvent.newBuilder()
                .setVideoId(videoId)
                .setScenes(Scenes.only(scene()))
                .setModel(name)
                .setSeconds(fields.number("seconds", SECONDS));
        models.find(name)
                .ifPresentOrElse(
                        model -> admit(event, model.manifest()),
                        () -> fields.fault("model", "is unknown: expected one of " + models.names()));
        fields.requireNoFault();
        return event.build();
    }

    private void requireKnownFields() {
        Set<String> known = new HashSet<>(FIELDS);
        known.addAll(EARLIER_NAMES.values());
        known.addAll(WITHOUT_EFFECT);
        fields.requireKnown(known);
        WITHOUT_EFFECT.forEach(field -> fields.text(field, ""));
        fields.requireSimple("output_quality");
        if (!fields.has("prompt")) {
            fields.fault("prompt", "is missing: expected a description of the video");
        }
        EARLIER_NAMES.forEach(this::requireOneOf);
        requireOneOf("num_frames", "seconds");
    }

    private void requireOneOf(String field, String other) {
        if (fields.has(field) && fields.has(other)) {
            fields.fault(field, "cannot stand beside " + other + ", which says the same");
        }
    }

    private Scene scene() {
        String guidance = nameGiven("guidance_scale");
        String steps = nameGiven("num_inference_steps");
        return Scene.newBuilder()
                .setPrompt(fields.text("prompt", ""))
                .setNegativePrompt(fields.text("negative_prompt", ""))
                .setSeed(fields.whole("seed", 0))
                .setGuidance(fields.has(guidance) ? fields.number(guidance, 1) : null)
                .setSteps(fields.has(steps) ? steps(fields.whole(steps, 1)) : null)
                .build();
    }

    private void admit(PromptEvent.Builder event, ModelManifest model) {
        int rate = model.video().fps();
        if (fields.has("num_frames")) {
            long longest = (long) Math.floor(model.limits().seconds() * rate);
            event.setSeconds((double) fields.whole("num_frames", 1, 1, longest) / rate);
        }
        Admission.check(event.build(), model)
                .forEach(violation -> fields.fault(nameOf(violation.field()), violation.problem()));
        String size = model.video().width() + "x" + model.video().height();
        requireMade("size", fields.text("size", size).equals(size), size, model);
        requireMade("width", model.video().width(), model);
        requireMade("height", model.video().height(), model);
        requireMade("fps", rate, model);
    }

    private void requireMade(String field, int made, ModelManifest model) {
        requireMade(field, fields.whole(field, made) == made, Integer.toString(made), model);
    }

    private void requireMade(String field, boolean fits, String made, ModelManifest model) {
        if (!fits) {
            fields.fault(field, "must be " + made + ": model " + model.name() + " makes no other");
        }
    }

    /** What the client calls a field of ours. */
    private String nameGiven(String field) {
        String earlier = EARLIER_NAMES.get(field);
        return fields.has(earlier) ? earlier : field;
    }

    /** What the client calls a field of a prompt event. */
    private String nameOf(String eventField) {
        return switch (eventField) {
            case "guidance" -> nameGiven("guidance_scale");
            case "steps" -> nameGiven("num_inference_steps");
            default -> eventField;
        };
    }

    /** As far as the limits, which are told with the model's own. */
    private static int steps(long steps) {
        return (int) Math.max(-1, Math.min(steps, Integer.MAX_VALUE));
    }
}
