package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchStepsCommandTest {

    @TempDir
    Path folder;

    @Test
    void rows_are_printed_kept_and_not_measured_again() throws IOException {
        Path json = folder.resolve("rows.json");
        String first = bench(json);
        assertThat(first.lines().filter(line -> line.startsWith("| drive | keyframes | OnnxRuntime")))
                .hasSize(1);

        JsonNode rows = new ObjectMapper().readTree(json.toFile());
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("batch").asInt()).isEqualTo(1);
        assertThat(rows.get(0).get("medianMs").asDouble()).isPositive();
        assertThat(rows.get(0).get("graphs").asBoolean()).isFalse();
        assertThat(rows.get(0).has("failed")).isFalse();

        assertThat(bench(json)).doesNotContain("| drive | keyframes");
        assertThat(new ObjectMapper().readTree(json.toFile())).isEqualTo(rows);
    }

    @Test
    void a_size_that_is_none_is_refused() {
        assertThat(Main.commandLine().execute("bench", "steps", "--sizes", "0")).isEqualTo(2);
    }

    @Test
    void compiling_on_an_engine_that_compiles_nothing_says_so() {
        assertThat(out("compile", "--engine", "OnnxRuntime", "--stages", "keyframes", "--sizes", "1"))
                .contains("OnnxRuntime compiles nothing")
                .contains("keyframes   ready after");
    }

    private static String bench(Path json) {
        return out(
                "bench",
                "steps",
                "--engine",
                "OnnxRuntime",
                "--stages",
                "keyframes",
                "--sizes",
                "1",
                "--runs",
                "2",
                "--rows",
                json.toString());
    }

    private static String out(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.commandLine().execute(args)).isZero();
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
