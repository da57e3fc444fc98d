package io.longtake.model;

import io.longtake.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a {@link DenoisingLoop} needs of its host: B entries, each under n conditions of guidance, over S steps.
 *
 * @param noise that the sampling starts from, (B, C, T, h, w)
 * @param conditions the network's inputs beside sample and timestep, n*B entries each, condition by condition
 * @param weights of the answers under the n conditions in the guided prediction, (n, B)
 * @param table the sampler in numbers, (S + 1, 8): see {@code models/longtake_models/update.py}
 * @param given frames that the network sees as they are; null: none
 */
public record Denoising(Tensor noise, Map<String, Tensor> conditions, Tensor weights, Tensor table, Given given) {

    /**
     * Frames that are given.
     *
     * @param known clean, (B, C, T, h, w); of no meaning if not given
     * @param mask 1 where given and 0 elsewhere, (B, T)
     */
    public record Given(Tensor known, Tensor mask) {}

    public Denoising {
        conditions = Map.copyOf(conditions);
    }

    int steps() {
        return table.size(0) - 1;
    }

    /** What the graphs around the network need at every step, by the names that they know it by. */
    Map<String, Tensor> constants() {
        Map<String, Tensor> constants = new LinkedHashMap<>();
        constants.put("noise", noise);
        constants.put("weights", weights);
        constants.put("table", table);
        if (given != null) {
            constants.put("known", given.known());
            constants.put("given", given.mask());
        }
        return constants;
    }

    /** Shapes of what goes into the graphs around the network, where another video may have others; the table's aside. */
    Map<String, int[]> stepShapes() {
        Map<String, int[]> shapes = new TreeMap<>();
        constants().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        shapes.remove("table");
        shapes.put("state", noise.shape());
        shapes.put("before", noise.shape());
        shapes.put("out", networkShapes().get("sample"));
        return shapes;
    }

    /** Shapes of the network's inputs. */
    Map<String, int[]> networkShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        conditions.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        int[] sample = noise.shape().clone();
        sample[0] *= weights.size(0);
        shapes.put("sample", sample);
        shapes.put("timestep", new int[] {sample[0], sample[2]});
        return shapes;
    }
}
