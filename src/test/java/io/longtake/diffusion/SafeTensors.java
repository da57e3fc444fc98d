package io.longtake.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads golden tensors: an eight-byte header length, a JSON header, the data. Everything becomes floats. */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** A file of {@code src/test/resources/golden}. */
    public static SafeTensors golden(String name) {
        try (InputStream in = SafeTensors.class.getResourceAsStream("/golden/" + name + ".safetensors")) {
            if (in == null) {
                throw new IllegalStateException("no golden tensors named " + name);
            }
            return read(ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN));
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

    private static SafeTensors read(ByteBuffer file) throws IOException {
        int header = Math.toIntExact(file.getLong());
        JsonNode entries = new ObjectMapper().readTree(file.array(), 8, header);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        entries.fields().forEachRemaining(entry -> {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue()
                        .fields()
                        .forEachRemaining(note ->
                                metadata.put(note.getKey(), note.getValue().asText()));
            } else {
                tensors.put(entry.getKey(), tensor(entry.getValue(), file, 8 + header));
            }
        });
        return new SafeTensors(tensors, metadata);
    }

    private static Tensor tensor(JsonNode entry, ByteBuffer file, int data) {
        int[] shape = IntStream.range(0, entry.get("shape").size())
                .map(axis -> entry.get("shape").get(axis).asInt())
                .toArray();
        int from = data + entry.get("data_offsets").get(0).asInt();
        Tensor tensor = Tensor.zeros(shape.length == 0 ? new int[] {1} : shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = switch (entry.get("dtype").asText()) {
                case "F32" -> file.getFloat(from + 4 * i);
                case "F64" -> (float) file.getDouble(from + 8 * i);
                case "I32" -> file.getInt(from + 4 * i);
                case "I64" -> file.getLong(from + 8 * i);
                default -> throw new IllegalStateException("no such dtype here: " + entry.get("dtype"));
            };
        }
        return tensor;
    }
}
