package io.longtake.stage;

import io.longtake.event.StageName;
import io.longtake.tensor.Content;
import java.util.Map;

/**
 * Everything that a stage's output depends on, the model aside.
 *
 * @param stage to run
 * @param segment of the video, from 0
 * @param seed of the video's noise
 * @param prompt what the video shows
 * @param negativePrompt what guidance steers away from; empty: nothing in particular
 * @param guidance scale of classifier-free guidance of the keyframes; 1: none
 * @param steps denoising steps of the keyframes
 * @param inputs contents by role; the first segment has neither context nor halo
 */
public record StageInput(
        StageName stage,
        int segment,
        long seed,
        String prompt,
        String negativePrompt,
        double guidance,
        int steps,
        Map<InputRole, Content> inputs) {

    public StageInput {
        if (segment < 0) {
            throw new StageInputException("segment must be at least 0, found " + segment);
        }
        if (steps < 1) {
            throw new StageInputException("steps must be at least 1, found " + steps);
        }
        if (!(guidance >= 1 && guidance < Double.POSITIVE_INFINITY)) {
            throw new StageInputException("guidance must be a number of at least 1, found " + guidance);
        }
        inputs = Map.copyOf(inputs);
    }
}
