package io.longtake.director;

import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.event.Transition;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.VideoPlan;
import java.util.List;
import java.util.Optional;

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
        Scene shown = scenes.get(shown(plan, segment)).getScene();
        return Scene.newBuilder(shown)
                .setGuidance(shown.getGuidance() != null ? shown.getGuidance() : imagining.guidance())
                .setSteps(shown.getSteps() != null ? shown.getSteps() : imagining.steps())
                .build();
    }

    /**
     * The scene before, while it passes into the segment's. A segment is made as one, so what counts is the moment in its
     * middle; whether the video ends before, does not count: it may still become longer.
     */
    Optional<Transition> transition(VideoPlan plan, int segment) {
        int shown = shown(plan, segment);
        ScheduledScene scene = scenes.get(shown);
        double middle = (plan.firstFrame(segment) + plan.segmentFrames() / 2.0) / plan.frameRate();
        double passed = middle - scene.getBegins();
        if (shown == 0 || scene.getTransition() == 0 || passed >= scene.getTransition()) {
            return Optional.empty();
        }
        Scene before = scenes.get(shown - 1).getScene();
        double share = Math.max(0, passed / scene.getTransition());
        return Optional.of(new Transition(before.getPrompt(), before.getNegativePrompt(), share));
    }

    private int shown(VideoPlan plan, int segment) {
        long end = plan.firstFrame(segment) + plan.frameCount(segment);
        int shown = 0;
        for (int i = 0; i < scenes.size(); i++) {
            if (scenes.get(i).getBegins() * plan.frameRate() < end) {
                shown = i;
            }
        }
        return shown;
    }
}
