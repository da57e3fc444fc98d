package io.longtake.stage;

import io.longtake.model.LoadedModel;
import java.util.Set;

/**
 * Opens a model's graphs before anybody waits for them, and runs each as a worker would: an engine that compiles leaves its plans on
 * disk, any engine shows that it can run them.
 *
 * @param model opened with the {@link WorkerSizes} of these segments
 * @param segments in one call
 */
public record Compilation(LoadedModel model, int segments) {

    /** The graph that makes embeddings of prompts. */
    public void text() {
        model.text().embed("");
    }

    /** The graph of a stage, and those between its steps. */
    public void stage(String name) {
        Stages.open(model, Set.of(name)).warmUp(segments);
    }
}
