package io.longtake.api;

import io.longtake.model.ModelManifest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * The body of a request for a video of some models, as JSON Schema: {@link VideoRequest} takes what it allows, and refuses what
 * it does not.
 *
 * @param models their names; of all of them videos may be the same
 * @param standard whether one of them is taken if the request names no model
 * @param form whether it is a form: there everything is text, and nothing is null
 */
record VideoRequestSchema(
        List<String> models,
        ModelManifest.VideoFormat video,
        ModelManifest.Limits limits,
        boolean standard,
        boolean form) {

    /** At least one character that is seen. */
    private static final String VISIBLE = "\\S";

    Schema schema() {
        Schema body = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false))
                .addProperty("prompt", prompt())
                .addProperty("model", model())
                .addProperty("seconds", seconds())
                .addProperty(
                        "num_frames",
                        optional(whole(1, frames()), "Length in frames, in place of seconds")
                                .addExample(48))
                .addProperty(
                        "fps", optional(only(video.fps(), SchemaType.INTEGER), "Frames per second; only the model's"))
                .addProperty("size", optional(only(size(), SchemaType.STRING), "Width x height; only the model's"))
                .addProperty("width", optional(only(video.width(), SchemaType.INTEGER), "Only the model's"))
                .addProperty("height", optional(only(video.height(), SchemaType.INTEGER), "Only the model's"))
                .addProperty("seed", seed())
                .addProperty("negative_prompt", negativePrompt())
                .addProperty("guidance_scale", guidance())
                .addProperty("num_inference_steps", steps())
                .addProperty("user", optional(type(SchemaType.STRING), "Without effect, as with other servers"))
                .addProperty("generator_device", optional(type(SchemaType.STRING), "Without effect"))
                .addProperty(
                        "output_quality",
                        optional(
                                form
                                        ? type(SchemaType.STRING)
                                        : type(SchemaType.STRING).addType(SchemaType.NUMBER),
                                "Without effect"))
                .addRequired("prompt")
                .not(OASFactory.createSchema().required(List.of("seconds", "num_frames")));
        return standard ? body : body.addRequired("model");
    }

    private Schema prompt() {
        return type(SchemaType.STRING)
                .description("What the video shows")
                .minLength(1)
                .maxLength(limits.promptCharacters())
                .pattern(VISIBLE)
                .addExample("a drive at night in heavy traffic");
    }

    private Schema model() {
        Schema model = type(SchemaType.STRING).enumeration(List.copyOf(models)).description("Name of the model");
        return standard ? optional(model, "Name of the model").defaultValue(ModelDocument.standardName()) : model;
    }

    private Schema seconds() {
        BigDecimal frame = BigDecimal.ONE.divide(BigDecimal.valueOf(video.fps()), 6, RoundingMode.UP);
        BigDecimal longest = BigDecimal.valueOf(limits.seconds());
        Schema number = type(SchemaType.NUMBER).minimum(frame).maximum(longest);
        Schema seconds = form
                ? number
                : OASFactory.createSchema()
                        .addAnyOf(number)
                        .addAnyOf(type(SchemaType.STRING).pattern(DecimalPattern.upTo(longest.intValue())));
        return optional(seconds, "Length in seconds; a number, or a string that says one")
                .defaultValue(VideoRequest.SECONDS)
                .addExample(8);
    }

    private Schema seed() {
        Schema number = type(SchemaType.INTEGER)
                .minimum(BigDecimal.valueOf(Long.MIN_VALUE))
                .maximum(BigDecimal.valueOf(Long.MAX_VALUE));
        Schema seed = form
                ? number
                : OASFactory.createSchema()
                        .addAnyOf(number)
                        .addAnyOf(type(SchemaType.STRING).pattern("^-?[0-9]{1,18}$"));
        return optional(
                        seed,
                        "Noise seed: same request, same video. Beyond 2^53 - 1 better as a string: JavaScript rounds numbers")
                .defaultValue(0);
    }

    private Schema negativePrompt() {
        return optional(type(SchemaType.STRING).maxLength(limits.promptCharacters()), "What guidance steers away from")
                .defaultValue("");
    }

    private Schema guidance() {
        return optional(
                type(SchemaType.NUMBER).minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(limits.guidance())),
                "How strongly the prompt is followed; by default as the model says");
    }

    private Schema steps() {
        return optional(whole(1, limits.steps()), "Denoising steps of the keyframes; by default as the model says");
    }

    private String size() {
        return video.width() + "x" + video.height();
    }

    private long frames() {
        return (long) Math.floor(limits.seconds() * video.fps());
    }

    /** A field that may be absent, and in JSON null. */
    private Schema optional(Schema schema, String description) {
        Optional<List<Schema>> either = Optional.ofNullable(schema.getAnyOf());
        if (!form && either.isPresent()) {
            schema.addAnyOf(type(SchemaType.NULL));
        } else if (!form) {
            schema.addType(SchemaType.NULL);
            if (schema.getEnumeration() != null) {
                schema.addEnumeration(null);
            }
        }
        return schema.description(description);
    }

    private static Schema whole(long low, long high) {
        return type(SchemaType.INTEGER).minimum(BigDecimal.valueOf(low)).maximum(BigDecimal.valueOf(high));
    }

    private static Schema only(Object value, SchemaType type) {
        return type(type).addEnumeration(value);
    }

    private static Schema type(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
