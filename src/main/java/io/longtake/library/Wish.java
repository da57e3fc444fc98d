package io.longtake.library;

import io.longtake.event.PromptEvent;

/**
 * What somebody asked for: a prompt event without its id.
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

    public static Wish of(PromptEvent event) {
        return new Wish(
                event.getPrompt(),
                event.getNegativePrompt(),
                event.getSeed(),
                event.getSeconds(),
                event.getModel(),
                event.getGuidance(),
                event.getSteps(),
                event.getCodec());
    }
}
