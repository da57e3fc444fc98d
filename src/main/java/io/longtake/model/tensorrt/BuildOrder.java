package io.longtake.model.tensorrt;

import java.nio.file.Path;
import java.util.List;

/**
 * What to compile, and into which file.
 *
 * @param refittable names of the weights that are to be replaceable
 * @param timings how long kernels took in earlier builds on such a GPU; read if it is there, written anew
 */
record BuildOrder(int device, Path onnx, Path plan, Path timings, BuildOptions options, List<String> refittable) {

    BuildOrder {
        refittable = List.copyOf(refittable);
    }
}
