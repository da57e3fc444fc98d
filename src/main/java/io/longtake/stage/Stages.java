package io.longtake.stage;

import io.longtake.event.StageName;
import io.longtake.model.LoadedModel;
import io.longtake.tensor.Content;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The stages of one model that a worker owns. Many threads may call; the model's device takes one call at a time. */
public final class Stages implements Stage {

    private final LoadedModel model;
    private final Map<StageName, Stage> owned;

    private Stages(LoadedModel model, Map<StageName, Stage> owned) {
        this.model = model;
        this.owned = owned;
    }

    /**
     * The stages of an opened model; their graphs open at their first use. The model stays the caller's to close.
     *
     * @param names stages to own; those that the model does not have are left out
     */
    public static Stages open(LoadedModel model, Set<StageName> names) {
        Map<StageName, Stage> owned = new EnumMap<>(StageName.class);
        for (StageName name : names) {
            if (model.manifest().stages().names().contains(name.name().toLowerCase(Locale.ROOT))) {
                owned.put(name, stage(name, model));
            }
        }
        return new Stages(model, owned);
    }

    private static Stage stage(StageName name, LoadedModel model) {
        return switch (name) {
            case KEYFRAMES -> new KeyframesStage(model);
            case INTERPOLATE -> new InterpolateStage(model);
            case DECODE -> new DecodeStage(model);
            case UPSAMPLE -> new UpsampleStage(model);
        };
    }

    public Set<StageName> names() {
        return Set.copyOf(owned.keySet());
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
    public Content run(StageInput input, Cancellation cancellation) {
        return stage(input.stage(), cancellation).run(input, cancellation);
    }

    @Override
    public List<Content> run(StageBatch batch, Cancellation cancellation) {
        return stage(batch.inputs().get(0).stage(), cancellation).run(batch, cancellation);
    }

    @Override
    public List<Map<String, Content>> outputs(StageBatch batch, Cancellation cancellation) {
        return stage(batch.inputs().get(0).stage(), cancellation).outputs(batch, cancellation);
    }

    private Stage stage(StageName name, Cancellation cancellation) {
        Stage stage = owned.get(name);
        if (stage == null) {
            throw new StageInputException("stage must be one of " + owned.keySet() + ", found " + name);
        }
        cancellation.check();
        return stage;
    }
}
