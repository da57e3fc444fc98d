package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.ScheduledScene;
import io.longtake.event.StageTask;
import io.longtake.model.ModelManifest;
import io.longtake.model.Pipeline;
import io.longtake.model.VideoPlan;
import java.util.List;
import java.util.Map;

/**
 * What was ordered, and how it is going to be made: the same for the same prompt event and model.
 *
 * @param prompt as it came in, admitted by {@link Admission}
 * @param model its description
 * @param modelDigest SHA-256 of its model.json: workers with another model refuse the tasks
 * @param plan segments and stages; longer than the prompt asked if the video was extended
 */
public record Order(PromptEvent prompt, ModelManifest model, String modelDigest, VideoPlan plan) {

    public String videoId() {
        return prompt.getVideoId();
    }

    private double guidance(Scene scene) {
        return scene.getGuidance() != null
                ? scene.getGuidance()
                : model.stages().keyframes().guidance();
    }

    private int steps(Scene scene) {
        return scene.getSteps() != null
                ? scene.getSteps()
                : model.stages().keyframes().steps();
    }

    Order extendedTo(long totalFrames) {
        return new Order(prompt, model, modelDigest, VideoPlan.ofFrames(model, totalFrames));
    }

    /** The stages that every segment passes, and what each works on. */
    Pipeline pipeline() {
        return model.pipeline();
    }

    /** What a segment shows: the scene that the moment at which it begins, or one inside it, belongs to; nothing in it is left open. */
    public Scene sceneAt(int segment) {
        long end = plan.firstFrame(segment) + plan.frameCount(segment);
        Scene scene = Scenes.first(prompt);
        for (ScheduledScene later : prompt.getScenes()) {
            if (later.getBegins() * plan.frameRate() < end) {
                scene = later.getScene();
            }
        }
        return Scene.newBuilder(scene)
                .setGuidance(guidance(scene))
                .setSteps(steps(scene))
                .build();
    }

    StageTask task(String stage, int segment, Map<String, PayloadRef> inputs) {
        return StageTask.newBuilder()
                .setVideoId(videoId())
                .setStage(stage)
                .setSegment(segment)
                .setModel(model.name())
                .setModelDigest(modelDigest)
                .setScene(sceneAt(segment))
                .setCodec(prompt.getCodec())
                .setFirstFrame(plan.firstFrame(segment))
                .setFrameCount(plan.frameCount(segment))
                .setLast(plan.isLast(segment))
                .setPublish(stage.equals(pipeline().last()))
                .setInputs(inputs)
                .setOutputs(List.copyOf(pipeline().outputs(stage)))
                .build();
    }
}
