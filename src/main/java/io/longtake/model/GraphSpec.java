package io.longtake.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One ONNX graph of a model, and the files beside it.
 *
 * @param file its name in the model's folder
 * @param sha256 of the file, lower-case hexadecimal
 * @param weights files that graph and half refer to as ONNX external data; none if they hold their weights themselves
 * @param inputs by tensor name
 * @param outputs by tensor name
 * @param golden safetensors: one input, and the output that the network gave to it; null: an engine is trusted unseen
 * @param bounds of another engine's answer to the golden input; null exactly if golden is
 * @param half the variant in half precision; null: there is none
 */
public record GraphSpec(
        String file,
        String sha256,
        List<FileSpec> weights,
        Map<String, TensorSpec> inputs,
        Map<String, TensorSpec> outputs,
        FileSpec golden,
        Bounds bounds,
        HalfSpec half) {

    public GraphSpec {
        Rule.matches("file of a graph", file, FileSpec.PLAIN_NAME);
        Rule.matches("sha256 of " + file, sha256, FileSpec.SHA256);
        weights = weights == null ? List.of() : List.copyOf(weights);
        Rule.present("inputs of " + file, inputs);
        Rule.present("outputs of " + file, outputs);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        if (golden != null || half != null) {
            Rule.present("golden of " + file, golden);
            Rule.present("bounds of " + file, bounds);
        }
    }

    /** Every file that belongs to the graph; they lie in one folder. */
    List<FileSpec> files() {
        List<FileSpec> files = new ArrayList<>(List.of(new FileSpec(file, sha256)));
        files.addAll(weights);
        if (golden != null) {
            files.add(golden);
        }
        if (half != null) {
            files.add(new FileSpec(half.file(), half.sha256()));
        }
        return List.copyOf(files);
    }

    /** The graph as it is at a precision; single if it has no half. */
    GraphSpec at(Precision precision) {
        if (precision == Precision.SINGLE || half == null) {
            return this;
        }
        return new GraphSpec(half.file(), half.sha256(), weights, inputs, outputs, golden, half.bounds(), null);
    }
}
