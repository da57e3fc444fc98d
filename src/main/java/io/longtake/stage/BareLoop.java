package io.longtake.stage;

import io.longtake.event.Scene;
import io.longtake.event.Transition;
import io.longtake.model.InputRole;
import io.longtake.model.Pipeline;
import io.longtake.model.PipelineStage;
import io.longtake.model.VideoPlan;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A whole video in a plain loop: every segment through every stage, in one thread, with nothing between them. What the platform
 * delivers is compared with this, in bytes and in time.
 */
public final class BareLoop implements Iterator<Frames> {

    private final Stage stages;
    private final Pipeline pipeline;
    private final VideoPlan plan;
    private final IntFunction<Scene> scenes;
    private final IntFunction<Optional<Transition>> transitions;
    private Map<String, StageOutputs> before = Map.of();
    private int segment;

    /** Of scenes that change at once. */
    public BareLoop(Stage stages, Pipeline pipeline, VideoPlan plan, IntFunction<Scene> scenes) {
        this(stages, pipeline, plan, scenes, segment -> Optional.empty());
    }

    /**
     * @param scenes what each segment shows; see {@link StageInput}
     * @param transitions what each is passing from
     */
    public BareLoop(
            Stage stages,
            Pipeline pipeline,
            VideoPlan plan,
            IntFunction<Scene> scenes,
            IntFunction<Optional<Transition>> transitions) {
        this.stages = stages;
        this.pipeline = pipeline;
        this.plan = plan;
        this.scenes = scenes;
        this.transitions = transitions;
    }

    @Override
    public boolean hasNext() {
        return segment < plan.segments();
    }

    /** The finished frames of the next segment, as many as the video wants of it. */
    @Override
    public Frames next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the video has " + plan.segments() + " segments");
        }
        Map<String, StageOutputs> made = new HashMap<>();
        for (PipelineStage stage : pipeline.stages()) {
            StageInput input = new StageInput(
                    stage.name(), segment, scenes.apply(segment), transitions.apply(segment), inputs(stage, made));
            made.put(stage.name(), stages.run(input, Cancellation.NEVER));
        }
        before = made;
        Frames frames = (Frames) made.get(pipeline.last()).out();
        int wanted = plan.frameCount(segment++);
        return wanted == frames.count() ? frames : frames.slice(0, wanted);
    }

    private Map<InputRole, Content> inputs(PipelineStage stage, Map<String, StageOutputs> made) {
        Map<InputRole, Content> inputs = new EnumMap<>(InputRole.class);
        stage.inputs().forEach((role, source) -> {
            if (segment > 0 || !role.isOfSegmentBefore()) {
                Map<String, StageOutputs> from = role.isOfSegmentBefore() ? before : made;
                inputs.put(role, from.get(source.stage()).byName().get(source.output()));
            }
        });
        return inputs;
    }
}
