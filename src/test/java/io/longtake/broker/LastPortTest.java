package io.longtake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastPortTest {

    @TempDir
    private Path directory;

    @Test
    void a_port_is_remembered_in_its_directory() {
        LastPort.in(directory).keep(23_456);

        assertThat(LastPort.in(directory).get()).isEqualTo(23_456);
    }

    @Test
    void a_directory_without_a_port_has_none() {
        assertThat(LastPort.in(directory).get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "-1", "65536", "99999999999999999999"})
    void what_is_no_port_is_forgotten(String text) throws IOException {
        Files.writeString(directory.resolve("broker.port"), text);

        assertThat(LastPort.in(directory).get()).isZero();
    }
}
