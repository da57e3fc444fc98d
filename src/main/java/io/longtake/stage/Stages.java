package io.longtake.stage;

import io.longtake.model.DecodeSpec;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.PipelineStage;
import io.longtake.model.StageSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stages of one model that a worker owns. Many threads may call; the model's device takes one call at a time. */
public final class Stages implements Stage {

    private final LoadedModel model;
    private final Map<String, Stage> owned;

    private Stages(LoadedModel model, Map<String, Stage> owned) {
        this.model = model;
        this.owned = owned;
    }

    /**
     * The stages of an opened model, all of them.
     */
    public static Stages open(LoadedModel model) {
        return open(model, Set.copyOf(model.manifest().pipeline().names()));
    }

    /**
     * Some stages of an opened model; their graphs open at their first use. The model stays the caller's to close.
     *
     * @param names stages to own; those that the model does not have are left out
     */
    public static Stages open(LoadedModel model, Set<String> names) {
        Map<String, Stage> owned = new LinkedHashMap<>();
        for (PipelineStage stage : model.manifest().pipeline().stages()) {
            if (names.contains(stage.name())) {
                owned.put(stage.name(), stage(stage.name(), model));
            }
        }
        return new Stages(model, owned);
    }

    private static Stage stage(String name, LoadedModel model) {
        StageSpec spec = model.manifest().stages().spec(name);
        if (spec instanceof KeyframesSpec) {
            return new KeyframesStage(model, name);
        } else if (spec instanceof InterpolateSpec) {
            return new InterpolateStage(model, name);
        } else if (spec instanceof DecodeSpec) {
            return new DecodeStage(model, name);
        } else {
            return new UpsampleStage(model, name);
        }
    }

    public Set<String> names() {
        return Set.copyOf(owned.keySet());
    }

    /** Opens the graphs, which their first use would do otherwise. */
    public void openGraphs() {
        for (String name : owned.keySet()) {
            model.graph(name);
            if (model.manifest().stages().spec(name) instanceof KeyframesSpec) {
                model.text();
            }
        }
    }

    /**
     * Opens the graphs and runs every stage once, on nothing much: the first task then takes no longer than the next.
     *
     * @param batch entries of a call, as tasks will have them
     */
    public void warmUp(int batch) {
        WarmUp inputs = new WarmUp(model.manifest());
        owned.forEach((name, stage) -> stage.run(new StageBatch(List.of(inputs.of(name)), batch), Cancellation.NEVER));
    }

    @Override
    public StageOutputs run(StageInput input, Cancellation cancellation) {
        return stage(input.stage(), cancellation).run(input, cancellation);
    }

    @Override
    public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
        Stage stage = stage(batch.inputs().get(0).stage(), cancellation);
        return model.device().inTurn(batch.rank(), () -> stage.run(batch, cancellation));
    }

    @Override
    public Object callKey(StageInput input) {
        return owned(input.stage()).callKey(input);
    }

    private Stage stage(String name, Cancellation cancellation) {
        Stage stage = owned(name);
        cancellation.check();
        return stage;
    }

    private Stage owned(String name) {
        Stage stage = owned.get(name);
        if (stage == null) {
            throw new StageInputException("stage must be one of " + owned.keySet() + ", found " + name);
        }
        return stage;
    }
}
