package io.longtake.stage;

import io.longtake.event.StageName;
import io.longtake.event.StageOrder;
import io.longtake.model.VideoPlan;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A whole video in a plain loop: every segment through every stage, in one thread, with nothing between them. What the platform
 * delivers is compared with this, in bytes and in time.
 */
public final class BareLoop implements Iterator<Frames> {

    /** What a video is made from; see {@link StageInput}. */
    public record Request(String prompt, String negativePrompt, long seed, double guidance, int steps) {}

    private final Stage stages;
    private final VideoPlan plan;
    private final Request request;
    private final StageOrder order;
    private Map<StageName, Content> before = Map.of();
    /** What stages left for themselves when they made the segment before. */
    private final Map<StageName, Content> states = new EnumMap<>(StageName.class);

    private int segment;

    public BareLoop(Stage stages, VideoPlan plan, Request request) {
        this.stages = stages;
        this.plan = plan;
        this.request = request;
        this.order = StageOrder.of(plan.stages());
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
        Map<StageName, Content> made = new EnumMap<>(StageName.class);
        for (StageName stage : order.names()) {
            StageBatch task = StageBatch.of(input(stage, inputs(stage, made)));
            Map<String, Content> outputs =
                    stages.outputs(task, Cancellation.NEVER).get(0);
            made.put(stage, outputs.get(Stage.OUT));
            states.put(stage, outputs.get(Stage.STATE));
        }
        before = made;
        Frames frames = (Frames) made.get(order.last());
        int wanted = plan.frameCount(segment++);
        return wanted == frames.count() ? frames : frames.slice(0, wanted);
    }

    private Map<InputRole, Content> inputs(StageName stage, Map<StageName, Content> made) {
        Map<InputRole, Content> inputs = new EnumMap<>(InputRole.class);
        Optional<StageName> source = order.before(stage);
        source.ifPresent(name -> inputs.put(InputRole.SOURCE, made.get(name)));
        if (states.get(stage) != null) {
            inputs.put(InputRole.STATE, states.get(stage));
        } else if (segment > 0 && source.isEmpty()) {
            inputs.put(InputRole.CONTEXT, before.get(stage));
        } else if (segment > 0 && StageOrder.seesHalo(stage)) {
            inputs.put(InputRole.HALO, before.get(source.get()));
        }
        return inputs;
    }

    private StageInput input(StageName stage, Map<InputRole, Content> inputs) {
        return new StageInput(
                stage,
                segment,
                request.seed(),
                request.prompt(),
                request.negativePrompt(),
                request.guidance(),
                request.steps(),
                inputs);
    }
}
