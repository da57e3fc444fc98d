package io.longtake.library;

import io.longtake.event.PromptEvent;
import io.longtake.event.Shortened;

/**
 * What somebody asked for: a prompt event without its id, and without what no model would take of it: every server keeps the
 * wishes of refused prompts, too.
 *
 * @param guidance null: the model's own
 * @param steps null: the model's own
 */
public record Wish(
        String prompt,
        String negativePrompt,
        long seed,
        double seconds,
        String model,
        Double guidance,
        Integer steps,
        String codec) {

    private static final int TEXT = 10_000;
    private static final int NAME = 100;

    public static Wish of(PromptEvent event) {
        return new Wish(
                Shortened.text(event.getPrompt(), TEXT),
                Shortened.text(event.getNegativePrompt(), TEXT),
                event.getSeed(),
                event.getSeconds(),
                Shortened.text(event.getModel(), NAME),
                event.getGuidance(),
                event.getSteps(),
                Shortened.text(event.getCodec(), NAME));
    }
}
