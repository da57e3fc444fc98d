package io.longtake.model.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {

    @TempDir
    Path directory;

    private OnnxFile read(byte[] bytes) throws IOException {
        return OnnxFile.read(Files.write(directory.resolve("net.onnx"), bytes));
    }

    @Test
    void weights_of_a_real_graph_are_listed() throws IOException {
        OnnxFile onnx = OnnxFile.read(Path.of("src/test/resources/tensorrt/network.onnx"));

        assertThat(onnx.weights()).containsExactly("mix.weight", "mix.bias");
        assertThat(onnx.dataFiles()).isEmpty();
    }

    @Test
    void data_files_are_found() throws IOException {
        OnnxFile onnx = read(OnnxBytes.external("w", "net.onnx.data"));

        assertThat(onnx.weights()).containsExactly("w");
        assertThat(onnx.dataFiles()).containsExactly(directory.resolve("net.onnx.data"));
    }

    @Test
    void a_data_file_outside_the_model_is_refused() {
        assertThatThrownBy(() -> read(OnnxBytes.external("w", "../../etc/passwd")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'../../etc/passwd' lies outside");
    }

    @Test
    void what_is_no_onnx_file_is_refused() {
        assertThatThrownBy(() -> read(OnnxBytes.text("this is no protocol buffer")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not an ONNX file");
        byte[] whole = OnnxBytes.model("w");
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 1)))
                .hasMessageContaining("ends in the middle");
    }

    @Test
    void the_digest_changes_with_a_byte_of_the_graph_or_of_its_data() throws IOException {
        Path data = Files.writeString(directory.resolve("data"), "1234");
        String before = ModelDigest.of(read(OnnxBytes.external("w", "data")));
        Files.writeString(data, "1235");
        String otherData = ModelDigest.of(read(OnnxBytes.external("w", "data")));
        String otherGraph = ModelDigest.of(read(OnnxBytes.external("v", "data")));

        assertThat(before).hasSize(64).isNotEqualTo(otherData);
        assertThat(otherData).isNotEqualTo(otherGraph);
    }

    @Test
    void a_missing_data_file_is_named() throws IOException {
        OnnxFile onnx = read(OnnxBytes.external("w", "data"));

        assertThatThrownBy(() -> ModelDigest.of(onnx))
                .hasMessageContaining("data file")
                .hasMessageContaining("net.onnx");
    }
}
