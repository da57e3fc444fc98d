package io.longtake.stage;

import io.longtake.model.DecodeSpec;
import io.longtake.model.GraphSpec;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.model.StageSpec;
import io.longtake.model.TensorSpec;
import io.longtake.model.UpsampleSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a stage's graph is called with: the sizes that a manifest leaves open, for so many segments at once.
 *
 * @param manifest of the model
 */
public record CallShapes(ModelManifest manifest) {

    /**
     * Shapes of all inputs of one call.
     *
     * @param stage of the manifest's pipeline
     * @param segments in one call, at least 1; guidance makes two of one
     * @throws IllegalArgumentException if the graph has an axis whose size nothing in the manifest tells
     */
    public Map<String, int[]> of(String stage, int segments) {
        if (segments < 1) {
            throw new IllegalArgumentException("segments of a call must be at least 1, found " + segments);
        }
        GraphSpec graph = manifest.stages().graph(stage);
        Map<String, Integer> sizes = sizes(stage, segments);
        Map<String, int[]> shapes = new LinkedHashMap<>();
        graph.inputs().forEach((name, tensor) -> shapes.put(name, shape(graph, name, tensor, sizes)));
        return shapes;
    }

    private static int[] shape(GraphSpec graph, String name, TensorSpec tensor, Map<String, Integer> sizes) {
        return tensor.shape().stream()
                .mapToInt(axis -> {
                    Integer size = axis instanceof Integer fixed ? fixed : sizes.get(axis);
                    if (size == null) {
                        throw new IllegalArgumentException(String.format(
                                Locale.ROOT,
                                "%s: input %s has an axis '%s', expected one of %s",
                                graph.file(),
                                name,
                                axis,
                                sizes.keySet()));
                    }
                    return size;
                })
                .toArray();
    }

    private Map<String, Integer> sizes(String stage, int segments) {
        StageSpec spec = manifest.stages().spec(stage);
        int fresh = manifest.segment().keyframes() - manifest.segment().context();
        Map<String, Integer> sizes = new HashMap<>();
        sizes.put("B", spec instanceof InterpolateSpec ? segments * fresh : segments);
        if (spec instanceof DecodeSpec decode) {
            sizes.put("F", manifest.segment().frames() + decode.halo());
        } else if (spec instanceof UpsampleSpec upsample) {
            StageOutput.FrameRun source =
                    (StageOutput.FrameRun) manifest.source(stage).orElseThrow();
            sizes.put("F", upsample.window() + upsample.halo());
            sizes.put("H", source.height() * upsample.factor());
            sizes.put("W", source.width() * upsample.factor());
            sizes.put("h", source.height());
            sizes.put("w", source.width());
        }
        return sizes;
    }
}
