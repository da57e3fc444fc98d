package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.event.PromptEvent;
import io.longtake.event.StageName;
import io.longtake.event.StageOrder;
import io.longtake.event.StageTask;
import io.longtake.model.ModelManifest;
import io.longtake.model.VideoPlan;
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

    double guidance() {
        return prompt.getGuidance() != null
                ? prompt.getGuidance()
                : model.stages().keyframes().guidance();
    }

    int steps() {
        return prompt.getSteps() != null
                ? prompt.getSteps()
                : model.stages().keyframes().steps();
    }

    Order extendedTo(long totalFrames) {
        return new Order(prompt, model, modelDigest, VideoPlan.ofFrames(model, totalFrames));
    }

    /** The stages that every segment passes, in order. */
    StageOrder stages() {
        return StageOrder.of(plan.stages());
    }

    StageTask task(StageName stage, int segment, Map<String, PayloadRef> inputs) {
        return StageTask.newBuilder()
                .setVideoId(videoId())
                .setStage(stage)
                .setSegment(segment)
                .setModel(model.name())
                .setModelDigest(modelDigest)
                .setPrompt(prompt.getPrompt())
                .setNegativePrompt(prompt.getNegativePrompt())
                .setSeed(prompt.getSeed())
                .setGuidance(guidance())
                .setSteps(steps())
                .setCodec(prompt.getCodec())
                .setFirstFrame(plan.firstFrame(segment))
                .setFrameCount(plan.frameCount(segment))
                .setLast(plan.isLast(segment))
                .setPublish(stage == stages().last())
                .setInputs(inputs)
                .build();
    }
}
