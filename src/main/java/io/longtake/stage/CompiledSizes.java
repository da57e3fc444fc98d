package io.longtake.stage;

import io.longtake.model.EngineOptions;
import io.longtake.model.GraphSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.TextSpec;
import java.util.List;
import java.util.Map;

/**
 * Sizes that an engine compiles a model's graphs for: these alone.
 *
 * @param manifest of the model
 * @param segments numbers of segments in one call, one at least
 */
public record CompiledSizes(ModelManifest manifest, List<Integer> segments) implements EngineOptions {

    public CompiledSizes {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("expected at least one number of segments to compile for, found none");
        }
    }

    @Override
    public Map<String, Object> of(GraphSpec graph) {
        TextSpec text = manifest.text();
        if (graph.inputs().equals(text.graph().inputs())) {
            // Prompts are embedded one by one.
            return EngineOptions.profile(
                    List.of(Map.of(graph.inputs().keySet().iterator().next(), new int[] {1, text.length()})));
        }
        String stage = stage(graph);
        CallShapes shapes = new CallShapes(manifest);
        return EngineOptions.profile(
                segments.stream().map(count -> shapes.of(stage, count)).toList());
    }

    /** The stage that a graph is of. */
    private String stage(GraphSpec graph) {
        return manifest.stages().names().stream()
                .filter(name -> manifest.stages().graph(name).inputs().equals(graph.inputs()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(graph.file() + " is no graph of model " + manifest.name()));
    }
}
