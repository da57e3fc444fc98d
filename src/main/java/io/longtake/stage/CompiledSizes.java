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
        if (graph.equals(text.graph())) {
            // Prompts are embedded one by one.
            return EngineOptions.profile(
                    List.of(Map.of(graph.inputs().keySet().iterator().next(), new int[] {1, text.length()})));
        }
        String stage = manifest.stages()
                .stageOf(graph)
                .orElseThrow(
                        () -> new IllegalArgumentException(graph.file() + " is no graph of model " + manifest.name()));
        CallShapes shapes = new CallShapes(manifest);
        return EngineOptions.profile(
                segments.stream().map(count -> shapes.of(stage, count)).toList());
    }
}
