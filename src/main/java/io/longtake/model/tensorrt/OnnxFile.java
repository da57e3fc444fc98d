package io.longtake.model.tensorrt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be known of an ONNX file without loading it: the names of its weights, and which other files hold some of them.
 * Reads the protocol-buffer fields that lead there (onnx.proto3: ModelProto, GraphProto, TensorProto) and skips the rest.
 */
record OnnxFile(Path path, List<String> weights, Set<Path> dataFiles) {

    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    /** @throws IOException if it is no ONNX file, or names a data file outside its directory */
    static OnnxFile read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            // ONNX files end at 2 GiB, where protocol buffers do; what is larger lies in data files.
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            Reader reader = new Reader(path);
            ProtoFields.forEach(bytes, (field, value) -> {
                if (field == MODEL_GRAPH) {
                    reader.graph(value, true);
                }
            });
            return new OnnxFile(path, List.copyOf(reader.weights), reader.dataFiles);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is not an ONNX file: " + e.getMessage(), e);
        }
    }

    private static final class Reader {

        private final Path path;
        private final List<String> weights = new ArrayList<>();
        private final Set<Path> dataFiles = new LinkedHashSet<>();

        Reader(Path path) {
            this.path = path;
        }

        void graph(ByteBuffer graph, boolean outermost) {
            ProtoFields.forEach(graph, (field, value) -> {
                if (field == GRAPH_INITIALIZER) {
                    tensor(value, outermost);
                } else if (field == GRAPH_NODE) {
                    node(value);
                }
            });
        }

        private void node(ByteBuffer node) {
            ProtoFields.forEach(node, (field, attribute) -> {
                if (field == NODE_ATTRIBUTE) {
                    ProtoFields.forEach(attribute, (inner, value) -> {
                        if (inner == ATTRIBUTE_TENSOR) {
                            tensor(value, false);
                        } else if (inner == ATTRIBUTE_GRAPH) {
                            graph(value, false);
                        }
                    });
                }
            });
        }

        private void tensor(ByteBuffer tensor, boolean isWeight) {
            ProtoFields.forEach(tensor, (field, value) -> {
                if (field == TENSOR_NAME && isWeight) {
                    weights.add(text(value));
                } else if (field == TENSOR_EXTERNAL_DATA) {
                    entry(value);
                }
            });
        }

        private void entry(ByteBuffer entry) {
            String[] pair = new String[3];
            ProtoFields.forEach(entry, (field, value) -> {
                if (field == ENTRY_KEY || field == ENTRY_VALUE) {
                    pair[field] = text(value);
                }
            });
            if ("location".equals(pair[ENTRY_KEY]) && pair[ENTRY_VALUE] != null) {
                Path home = path.toAbsolutePath().normalize().getParent();
                Path file = home.resolve(pair[ENTRY_VALUE]).normalize();
                if (!file.startsWith(home)) {
                    throw new IllegalArgumentException(
                            "its data file '" + pair[ENTRY_VALUE] + "' lies outside " + home);
                }
                dataFiles.add(file);
            }
        }

        private static String text(ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes).toString();
        }
    }
}
