package io.longtake.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A safetensors file: an eight-byte header length, a JSON header, the data.
 *
 * @param tensors by name; all floats, whole numbers too; a tensor of no axis has one of size 1
 * @param metadata how they were made, as far as the file says
 */
public record TensorFile(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** Golden tensors are some kilobytes; anything larger is something else. */
    static final int LIMIT = 1 << 26;

    private static final int PREFIX = Long.BYTES;

    /** Reads a file; fails naming it. */
    static TensorFile read(Path path) {
        try {
            if (Files.size(path) > LIMIT) {
                throw new ModelFileException(String.format(
                        Locale.ROOT,
                        "%s must hold at most %d bytes of tensors, found %d",
                        path,
                        LIMIT,
                        Files.size(path)));
            }
            return of(Files.readAllBytes(path));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(path + " is no safetensors file: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Shapes of the tensors, by name. */
    Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /**
     * The tensors in the bytes of a file.
     *
     * @throws IllegalArgumentException if they are not such a file
     */
    public static TensorFile of(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long header = bytes.length < PREFIX ? -1 : file.getLong();
        if (header < 2 || header > bytes.length - PREFIX) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "its header of %d bytes does not fit", header));
        }
        JsonNode entries = new ObjectMapper().readTree(bytes, PREFIX, (int) header);
        ByteBuffer data = file.slice(PREFIX + (int) header, bytes.length - PREFIX - (int) header)
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        entries.properties().forEach(entry -> {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue()
                        .properties()
                        .forEach(note ->
                                metadata.put(note.getKey(), note.getValue().asText()));
            } else {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data));
            }
        });
        return new TensorFile(tensors, metadata);
    }

    private static Tensor tensor(String name, JsonNode entry, ByteBuffer data) {
        JsonNode axes = entry.path("shape");
        int[] shape = axes.isEmpty()
                ? new int[] {1}
                : IntStream.range(0, axes.size())
                        .map(axis -> axes.get(axis).asInt())
                        .toArray();
        String dtype = entry.path("dtype").asText();
        int width =
                switch (dtype) {
                    case "F32", "I32" -> 4;
                    case "F64", "I64" -> 8;
                    default -> throw new IllegalArgumentException(String.format(
                            Locale.ROOT, "tensor %s must be F32, F64, I32 or I64, found '%s'", name, dtype));
                };
        long from = entry.path("data_offsets").path(0).asLong(-1);
        if (from < 0 || from > data.capacity() - Tensor.elements(shape) * width) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "tensor %s lies outside it", name));
        }
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            int at = (int) from + width * i;
            tensor.data()[i] = switch (dtype) {
                case "F32" -> data.getFloat(at);
                case "F64" -> (float) data.getDouble(at);
                case "I32" -> data.getInt(at);
                default -> data.getLong(at);
            };
        }
        return tensor;
    }
}
