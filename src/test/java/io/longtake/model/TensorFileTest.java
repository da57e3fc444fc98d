package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFileTest {

    @TempDir
    Path root;

    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        if (dataBytes >= 8) {
            file.putFloat(1.5f).putFloat(-2);
        }
        return file.array();
    }

    @Test
    void holds_tensors_by_name_and_notes_on_them() throws IOException {
        TensorFile file = TensorFile.of(file(
                "{\"__metadata__\":{\"steps\":\"4\"},\"x\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}",
                8));
        assertThat(file.tensors().get("x")).isEqualTo(new Tensor(new int[] {2, 1}, new float[] {1.5f, -2}));
        assertThat(file.metadata()).containsEntry("steps", "4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | tensor x lies outside it",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}} | tensor x lies outside it",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775807,0]}} | tensor x lies outside it",
                "{\"x\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}} | tensor x must be F32, F64, I32 or I64, found 'BF16'",
            })
    void refuses_tensors_that_it_does_not_hold(String header, String reason) throws IOException {
        Path path = Files.write(root.resolve("a.safetensors"), file(header, 8));
        assertThatThrownBy(() -> TensorFile.read(path))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(path + " is no safetensors file: " + reason);
    }

    @Test
    void refuses_a_header_that_does_not_fit() throws IOException {
        Path path = Files.write(root.resolve("a.safetensors"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        assertThatThrownBy(() -> TensorFile.read(path))
                .hasMessage(path + " is no safetensors file: its header of 578437695752307201 bytes does not fit");
    }
}
