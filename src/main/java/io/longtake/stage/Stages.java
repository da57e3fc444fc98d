package io.longtake.stage;

import io.longtake.event.StageName;
import io.longtake.model.LoadedModel;
import io.longtake.tensor.Content;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The stages of one model that a worker owns. Many threads may call; the model's device takes one call at a time. */
public final class Stages implements Stage {

    private final Map<StageName, Stage> owned;

    private Stages(Map<StageName, Stage> owned) {
        this.owned = owned;
    }

    /** The stages of an opened model; their graphs open at their first use. The model stays the caller's to close. */
    public static Stages open(LoadedModel model, Set<StageName> names) {
        Map<StageName, Stage> owned = new EnumMap<>(StageName.class);
        return new Stages(owned);
    }

    public Set<StageName> names() {
        return Set.copyOf(owned.keySet());
    }

    @Override
    public Content run(StageInput input, Cancellation cancellation) {
        Stage stage = owned.get(input.stage());
        if (stage == null) {
            throw new StageInputException("stage must be one of " + owned.keySet() + ", found " + input.stage());
        }
        cancellation.check();
        return stage.run(input, cancellation);
    }
}
