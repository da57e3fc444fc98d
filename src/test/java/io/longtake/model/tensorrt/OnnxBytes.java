package io.longtake.model.tensorrt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Small ONNX files, written field by field. */
final class OnnxBytes {

    private OnnxBytes() {}

    /** A model that has these weights and nothing else. */
    static byte[] model(String... weights) {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        for (String weight : weights) {
            graph.writeBytes(field(5, field(8, text(weight))));
        }
        return field(7, graph.toByteArray());
    }

    /** A model with one weight, which lies in another file. */
    static byte[] external(String weight, String location) {
        byte[] entry = join(field(1, text("location")), field(2, text(location)));
        return field(7, field(5, join(field(8, text(weight)), field(13, entry))));
    }

    static byte[] field(int number, byte[] value) {
        return join(varint((long) number << 3 | 2), varint(value.length), value);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long left = value;
        while (left >= 0x80) {
            bytes.write((int) (left | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
        return bytes.toByteArray();
    }
}
