package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelManifest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A model as HTTP tells it: the fields of the OpenAI Models API, then what a video of it may be.
 *
 * @param object always {@code model}
 * @param created always 0: a model's files do not say when they were made
 * @param ownedBy always {@code longtake}
 * @param size width x height of its videos
 * @param frameRate frames per second
 * @param seconds length of its longest video
 * @param promptCharacters length of its longest prompt
 * @param standard whether videos are made of it if no model is named
 * @param words that it knows: others in a prompt change nothing; null if it makes words of their parts, or its files are elsewhere
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Model")
public record ModelDocument(
        String id,
        String object,
        long created,
        String ownedBy,
        String description,
        String size,
        int frameRate,
        double seconds,
        int promptCharacters,
        boolean standard,
        @Schema(nullable = true) List<String> words) {

    /** All of them, by their names. */
    @Schema(name = "ModelList")
    public record ModelList(String object, List<ModelDocument> data) {}

    /** What videos are made of if the request names no model. */
    static String standardName() {
        return PromptEvent.getClassSchema().getField("model").defaultVal().toString();
    }

    static ModelDocument of(Catalogue.Entry entry, KnownWords words) {
        ModelManifest model = entry.manifest();
        return new ModelDocument(
                model.name(),
                "model",
                0,
                "longtake",
                model.description(),
                model.video().width() + "x" + model.video().height(),
                model.video().fps(),
                model.limits().seconds(),
                model.limits().promptCharacters(),
                model.name().equals(standardName()),
                words.of(entry).orElse(null));
    }
}
