package io.longtake.stage;

import io.longtake.event.Scene;
import io.longtake.model.InputRole;
import io.longtake.tensor.Content;
import java.util.Map;

/**
 * Everything that a stage's output depends on, the model aside.
 *
 * @param stage to run, by its name in the model's pipeline
 * @param segment of the video, from 0
 * @param scene what the segment shows; its guidance and steps are said
 * @param inputs contents by role; the first segment has none of the segment before
 */
public record StageInput(String stage, int segment, Scene scene, Map<InputRole, Content> inputs) {

    public StageInput {
        if (segment < 0) {
            throw new StageInputException("segment must be at least 0, found " + segment);
        }
        Integer steps = scene.getSteps();
        if (steps == null || steps < 1) {
            throw new StageInputException("steps must be at least 1, found " + steps);
        }
        Double guidance = scene.getGuidance();
        if (guidance == null || !(guidance >= 1 && guidance < Double.POSITIVE_INFINITY)) {
            throw new StageInputException("guidance must be a number of at least 1, found " + guidance);
        }
        inputs = Map.copyOf(inputs);
    }

    long seed() {
        return scene.getSeed();
    }

    double guidance() {
        return scene.getGuidance();
    }

    int steps() {
        return scene.getSteps();
    }
}
