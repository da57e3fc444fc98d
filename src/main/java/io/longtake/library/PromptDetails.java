package io.longtake.library;

import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.Shortened;

/**
 * What somebody asked for: a prompt event with its first scene alone, without its id, and without what no model would take of it: every server keeps the
 * details of refused prompts, too.
 *
 * @param guidance null: the model's own
 * @param steps null: the model's own
 */
public record PromptDetails(
        String prompt,
        String negativePrompt,
        long seed,
        double seconds,
        String model,
        Double guidance,
        Integer steps,
        String codec) {

    private static final int MAX_TEXT = 10_000;
    private static final int MAX_NAME = 100;

    public static PromptDetails of(PromptEvent event) {
        Scene scene = Scenes.first(event);
        return new PromptDetails(
                Shortened.text(scene.getPrompt(), MAX_TEXT),
                Shortened.text(scene.getNegativePrompt(), MAX_TEXT),
                scene.getSeed(),
                event.getSeconds(),
                Shortened.text(event.getModel(), MAX_NAME),
                scene.getGuidance(),
                scene.getSteps(),
                Shortened.text(event.getCodec(), MAX_NAME));
    }
}
