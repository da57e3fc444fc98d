package io.longtake.stage;

import io.longtake.model.LoadedModel;
import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Opens a model's graphs before anybody waits for them, and runs each once at every size: an engine that compiles leaves its plans on
 * disk, any engine shows that it can run them.
 *
 * @param model opened with the {@link CompiledSizes} of these segments
 * @param segments numbers of segments in one call
 */
public record Compilation(LoadedModel model, List<Integer> segments) {

    public Compilation {
        segments = List.copyOf(segments);
    }

    /** The graph that makes embeddings of prompts. */
    public void text() {
        model.text().embed("");
    }

    /** The graph of a stage. */
    public void stage(String name) {
        CallShapes shapes = new CallShapes(model.manifest());
        for (int count : segments) {
            Map<String, Tensor> inputs = CallInputs.of(shapes.of(name, count));
            model.graph(name).run(inputs);
        }
    }
}
