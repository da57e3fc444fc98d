package io.longtake.stage;

import io.longtake.model.EngineOptions;
import io.longtake.model.GraphSpec;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageSpec;
import io.longtake.model.StageSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sizes that a worker calls a model's graphs with: so many segments at once, half of them and half of that as its device's
 * memory gets short, under as many conditions of guidance as there may be. A plan is good for its sizes alone, so whoever compiles ahead and
 * whoever makes videos say the same.
 *
 * @param manifest of the model
 * @param segments in one call, at least 1
 */
public record WorkerSizes(ModelManifest manifest, int segments) implements EngineOptions {

    public WorkerSizes {
        if (segments < 1) {
            throw new IllegalArgumentException("segments of a call must be at least 1, found " + segments);
        }
    }

    @Override
    public Map<String, Object> of(GraphSpec graph) {
        List<Integer> entries = halves().flatMap(count -> copies(graph).map(copies -> count * copies))
                .distinct()
                .toList();
        return new CompiledSizes(manifest, entries).of(graph);
    }

    private Stream<Integer> halves() {
        List<Integer> sizes = new ArrayList<>();
        for (int size = segments; size >= 1; size /= 2) {
            sizes.add(size);
        }
        return sizes.stream();
    }

    /** How often one segment may be in a call. */
    private Stream<Integer> copies(GraphSpec graph) {
        StageSpecs stages = manifest.stages();
        StageSpec spec = stages.stageOf(graph).map(stages::spec).orElse(null);
        if (spec instanceof KeyframesSpec keyframes) {
            // The prompt; the empty one under guidance; the prompt without context frames under context guidance.
            int conditions = 1 + (manifest.limits().guidance() > 1 ? 1 : 0) + (keyframes.contextGuidance() > 1 ? 1 : 0);
            return IntStream.rangeClosed(1, conditions).boxed();
        } else if (spec instanceof InterpolateSpec interpolate) {
            // Every pass has as many windows as there are latents after the one before.
            return IntStream.range(0, interpolate.passes())
                    .mapToObj(pass -> (int) Math.pow(interpolate.factor(), pass));
        } else {
            return Stream.of(1);
        }
    }
}
