package io.longtake.stage;

import io.longtake.event.Scene;
import io.longtake.event.Transition;
import io.longtake.model.InputRole;
import io.longtake.tensor.Content;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a stage's output depends on, the model aside.
 *
 * @param stage to run, by its name in the model's pipeline
 * @param segment of the video, from 0
 * @param scene what the segment shows; its guidance and steps are said
 * @param transition what the scene is passing from, if it is
 * @param inputs contents by role; the first segment has none of the segment before
 */
public record StageInput(
        String stage, int segment, Scene scene, Optional<Transition> transition, Map<InputRole, Content> inputs) {

    /** Of a scene that shows alone. */
    public StageInput(String stage, int segment, Scene scene, Map<InputRole, Content> inputs) {
        this(stage, segment, scene, Optional.empty(), inputs);
    }

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
        transition
                .map(Transition::getShare)
                .filter(share -> !(share >= 0 && share < 1))
                .ifPresent(share -> {
                    throw new StageInputException("transition.share must be from 0 to below 1, found " + share);
                });
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
