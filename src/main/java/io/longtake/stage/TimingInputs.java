package io.longtake.stage;

import io.longtake.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Tensors to time a graph with: noise, for zeros let an accelerator run cooler and so faster than videos do. */
final class TimingInputs {

    private static final int TIME = 500;

    private TimingInputs() {}

    /** Inputs of these shapes, the same ones at every call. */
    static Map<String, Tensor> of(Map<String, int[]> shapes) {
        Random random = new Random(0);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> inputs.put(name, input(name, shape, random)));
        return inputs;
    }

    private static Tensor input(String name, int[] shape, Random random) {
        switch (name) {
            case "timestep":
                return Tensor.filled(TIME, shape);
            case "noise_level", "rate":
                return Tensor.filled(1, shape);
            default:
                Tensor noise = Tensor.zeros(shape);
                for (int i = 0; i < noise.data().length; i++) {
                    noise.data()[i] = (float) random.nextGaussian();
                }
                return noise;
        }
    }
}
