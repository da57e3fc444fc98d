package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.StageTask;
import io.longtake.event.Transition;
import io.longtake.model.ModelManifest;
import io.longtake.model.Pipeline;
import io.longtake.model.VideoPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    Order extendedTo(long totalFrames) {
        return new Order(prompt, model, modelDigest, VideoPlan.ofFrames(model, totalFrames));
    }

    /** The stages that every segment passes, and what each works on. */
    Pipeline pipeline() {
        return model.pipeline();
    }

    /** What a segment shows; nothing in it is left open. */
    public Scene sceneAt(int segment) {
        return schedule().at(plan, segment);
    }

    /** What it is passing from, if it is. */
    public Optional<Transition> transitionAt(int segment) {
        return schedule().transition(plan, segment);
    }

    private SceneSchedule schedule() {
        return new SceneSchedule(prompt.getScenes(), model.stages().keyframes());
    }

    /** @param rank of the video, as {@link Running#rank} has it */
    StageTask task(String stage, int segment, Map<String, PayloadRef> inputs, double rank) {
        return StageTask.newBuilder()
                .setVideoId(videoId())
                .setStage(stage)
                .setSegment(segment)
                .setModel(model.name())
                .setModelDigest(modelDigest)
                .setScene(sceneAt(segment))
                .setTransition(transitionAt(segment).orElse(null))
                .setCodec(prompt.getCodec())
                .setFirstFrame(plan.firstFrame(segment))
                .setFrameCount(plan.frameCount(segment))
                .setLast(plan.isLast(segment))
                .setPublish(stage.equals(pipeline().last()))
                .setInputs(inputs)
                .setOutputs(List.copyOf(pipeline().outputs(stage)))
                .setRank(rank)
                .setPlannedFrames(VideoPlan.of(model, prompt.getSeconds()).totalFrames())
                .build();
    }
}
