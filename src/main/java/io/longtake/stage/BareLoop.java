package io.longtake.stage;

import io.longtake.event.StageName;
import io.longtake.model.FilmPlan;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A whole film in a plain loop: every segment through every stage, in one thread, with nothing between them. What the platform
 * delivers is compared with this, in bytes and in time.
 */
public final class BareLoop implements Iterator<Frames> {

    /** What a film is made from; see {@link StageInput}. */
    public record Request(String prompt, String negativePrompt, long seed, double guidance, int steps) {}

    private final Stage stages;
    private final FilmPlan plan;
    private final Request request;
    private final List<StageName> order = new ArrayList<>();
    private Map<StageName, Content> before = Map.of();
    private int segment;

    public BareLoop(Stage stages, FilmPlan plan, Request request) {
        this.stages = stages;
        this.plan = plan;
        this.request = request;
        plan.stages().forEach(name -> order.add(StageName.valueOf(name.toUpperCase(Locale.ROOT))));
    }

    @Override
    public boolean hasNext() {
        return segment < plan.segments();
    }

    /** The finished frames of the next segment, as many as the film wants of it. */
    @Override
    public Frames next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the film has " + plan.segments() + " segments");
        }
        Map<StageName, Content> made = new EnumMap<>(StageName.class);
        StageName last = null;
        for (StageName stage : order) {
            made.put(stage, stages.run(input(stage, inputs(stage, last, made)), Cancellation.NEVER));
            last = stage;
        }
        before = made;
        Frames frames = (Frames) made.get(last);
        int wanted = plan.frameCount(segment++);
        return wanted == frames.count() ? frames : frames.slice(0, wanted);
    }

    private Map<InputRole, Content> inputs(StageName stage, StageName source, Map<StageName, Content> made) {
        Map<InputRole, Content> inputs = new EnumMap<>(InputRole.class);
        if (source != null) {
            inputs.put(InputRole.SOURCE, made.get(source));
        }
        if (segment > 0) {
            switch (stage) {
                case KEYFRAMES -> inputs.put(InputRole.CONTEXT, before.get(stage));
                case DECODE, UPSAMPLE -> inputs.put(InputRole.HALO, before.get(source));
                case INTERPOLATE -> {} // its windows end at keyframes, so it needs nothing of the segment before
            }
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
