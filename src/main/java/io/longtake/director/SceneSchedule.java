package io.longtake.director;

import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.VideoPlan;
import java.util.List;

/**
 * Which scene each segment of a video shows. A scene shows from the beginning of the segment that holds the moment at which it begins, because
 * a segment is made as one.
 *
 * @param scenes by their beginnings, at least one
 * @param imagining what the model does unless a scene says otherwise
 */
record SceneSchedule(List<ScheduledScene> scenes, KeyframesSpec imagining) {

    SceneSchedule {
        scenes = List.copyOf(scenes);
        if (scenes.isEmpty()) {
            throw new IllegalArgumentException("scenes: a video has at least one, got none");
        }
    }

    /** The scene of a segment, with guidance and steps said. */
    Scene at(VideoPlan plan, int segment) {
        long end = plan.firstFrame(segment) + plan.frameCount(segment);
        Scene shown = scenes.get(0).getScene();
        for (ScheduledScene later : scenes) {
            if (later.getBegins() * plan.frameRate() < end) {
                shown = later.getScene();
            }
        }
        return Scene.newBuilder(shown)
                .setGuidance(shown.getGuidance() != null ? shown.getGuidance() : imagining.guidance())
                .setSteps(shown.getSteps() != null ? shown.getSteps() : imagining.steps())
                .build();
    }
}
