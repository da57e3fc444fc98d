package io.longtake.diffusion;

import io.longtake.model.TensorFile;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Golden tensors, and how they were made. */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** A file of {@code src/test/resources/golden}. */
    public static SafeTensors golden(String name) {
        try (InputStream in = SafeTensors.class.getResourceAsStream("/golden/" + name + ".safetensors")) {
            if (in == null) {
                throw new IllegalStateException("no golden tensors named " + name);
            }
            TensorFile file = TensorFile.of(in.readAllBytes());
            return new SafeTensors(file.tensors(), file.metadata());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read golden tensors " + name, e);
        }
    }

    public Tensor get(String name) {
        if (!tensors.containsKey(name)) {
            throw new IllegalStateException("no tensor '" + name + "' among " + tensors.keySet());
        }
        return tensors.get(name);
    }

    /** The values of a tensor of one axis, or of none. */
    public float[] values(String name) {
        return get(name).data();
    }

    public float value(String name) {
        return values(name)[0];
    }

    /** How the tensors were made, as far as the file says. */
    public String note(String name) {
        if (!metadata.containsKey(name)) {
            throw new IllegalStateException("no note '" + name + "' among " + metadata);
        }
        return metadata.get(name);
    }
}
