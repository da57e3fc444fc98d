package io.longtake.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One ONNX graph of a model.
 *
 * @param file its name in the model's folder
 * @param sha256 of the file, lower-case hexadecimal
 * @param inputs by tensor name
 * @param outputs by tensor name
 */
public record GraphSpec(String file, String sha256, Map<String, TensorSpec> inputs, Map<String, TensorSpec> outputs) {

    public GraphSpec {
        Rule.matches("file of a graph", file, FileSpec.PLAIN_NAME);
        Rule.matches("sha256 of " + file, sha256, FileSpec.SHA256);
        Rule.present("inputs of " + file, inputs);
        Rule.present("outputs of " + file, outputs);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    FileSpec asFile() {
        return new FileSpec(file, sha256);
    }
}
