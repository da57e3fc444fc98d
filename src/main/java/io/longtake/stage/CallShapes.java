package io.longtake.stage;

import io.longtake.model.GraphSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageSpecs;
import io.longtake.model.TensorSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
     * @param stage of {@link StageSpecs#names}
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
                        throw new IllegalArgumentException("%s: input %s has an axis '%s', expected one of %s"
                                .formatted(graph.file(), name, axis, sizes.keySet()));
                    }
                    return size;
                })
                .toArray();
    }

    private Map<String, Integer> sizes(String stage, int segments) {
        StageSpecs stages = manifest.stages();
        int frames = manifest.segment().frames();
        int fresh = manifest.segment().keyframes() - manifest.segment().context();
        Map<String, Integer> sizes = new HashMap<>();
        sizes.put("B", stage.equals("interpolate") ? segments * fresh : segments);
        if (stage.equals("decode")) {
            sizes.put("F", frames + stages.decode().halo());
        } else if (stage.equals("upsample")) {
            sizes.put("F", stages.upsample().window() + stages.upsample().halo());
            sizes.put("H", manifest.video().height());
            sizes.put("W", manifest.video().width());
            sizes.put("h", stages.decode().frameHeight());
            sizes.put("w", stages.decode().frameWidth());
        }
        return sizes;
    }
}
