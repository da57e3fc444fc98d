package io.longtake.stage;

import io.longtake.model.EngineOptions;
import io.longtake.model.GraphSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageSpecs;
import io.longtake.model.TextSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sizes that an engine compiles a model's graphs for. A plan is good for these sizes alone, so whoever compiles ahead and whoever
 * runs films say the same.
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
        String stage = manifest.stages().names().stream()
                .filter(name -> manifest.stages().graph(name).inputs().equals(graph.inputs()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(graph.file() + " is no graph of model " + manifest.name()));
        CallShapes shapes = new CallShapes(manifest);
        return EngineOptions.profile(segments.stream()
                .flatMap(count -> copies(stage).map(copies -> count * copies))
                .distinct()
                .map(count -> shapes.of(stage, count))
                .toList());
    }

    /** How many entries of a call one segment may become. */
    private Stream<Integer> copies(String stage) {
        StageSpecs stages = manifest.stages();
        return switch (stage) {
            case "keyframes" -> {
                // The prompt; the empty one under guidance; the prompt without context frames under context guidance.
                int conditions = 1
                        + (manifest.limits().guidance() > 1 ? 1 : 0)
                        + (stages.keyframes().contextGuidance() > 1 ? 1 : 0);
                yield IntStream.rangeClosed(1, conditions).boxed();
            }
            case "interpolate" -> IntStream.range(0, stages.interpolate().passes())
                    .mapToObj(pass -> (int) Math.pow(stages.interpolate().factor(), pass));
            default -> Stream.of(1);
        };
    }

    /** What a worker calls with: so many segments at once, and half of them, and half of that, as its memory gets short. */
    public static CompiledSizes halving(ModelManifest manifest, int segments) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = segments; size >= 1; size /= 2) {
            sizes.add(size);
        }
        return new CompiledSizes(manifest, sizes);
    }
}
