package io.longtake.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    @TempDir
    Path folder;

    private static Report report(String bench) {
        return new Report(
                Report.SCHEMA,
                bench,
                "2026-12-01T03:00:00Z",
                new Build("0.1.0", "1904231"),
                new Machine("a processor", 2, 24L << 30, "Linux 6 amd64", "OpenJDK 17"),
                new Report.Load(0.5, 1.25),
                Map.of("seconds", 10.0, "workers", List.of(1, 16), "simulated", true),
                List.of(new Figure("glue.ratio", "ratio", List.of(1.5, 1.0))),
                List.of());
    }

    @Test
    void a_report_is_json_of_the_documented_form() throws IOException {
        Path file = folder.resolve("glue.json");
        new ReportFile(file).write(List.of(report("glue")));

        JsonNode reports = new ObjectMapper().readTree(file.toFile());
        assertThat(reports).hasSize(1);
        JsonNode glue = reports.get(0);
        assertThat(names(glue))
                .containsExactlyInAnyOrder(
                        "schema", "bench", "measured", "build", "machine", "load", "settings", "figures", "faults");
        assertThat(names(glue.get("build"))).containsExactlyInAnyOrder("version", "commit");
        assertThat(names(glue.get("machine")))
                .containsExactlyInAnyOrder("processor", "processors", "memoryBytes", "os", "java");
        assertThat(names(glue.get("load"))).containsExactlyInAnyOrder("before", "after");
        assertThat(glue.at("/settings/seconds").asDouble()).isEqualTo(10);
        JsonNode ratio = glue.at("/figures/0");
        assertThat(names(ratio)).containsExactly("name", "unit", "values", "median", "min", "max");
        assertThat(ratio.get("values").get(0).asDouble()).isEqualTo(1.5);
        assertThat(ratio.get("median").asDouble()).isEqualTo(1.25);
        assertThat(ratio.get("min").asDouble()).isEqualTo(1);
        assertThat(ratio.get("max").asDouble()).isEqualTo(1.5);
    }

    @Test
    void what_is_read_is_what_was_written() {
        ReportFile file = new ReportFile(folder.resolve("all.json"));
        List<Report> reports = List.of(report("glue"), report("idle"));
        file.write(reports);

        assertThat(file.read()).isEqualTo(reports);
    }

    @Test
    void a_report_that_is_written_replaces_what_was_there() {
        ReportFile file = new ReportFile(folder.resolve("glue.json"));
        file.write(List.of(report("glue"), report("idle")));
        file.write(List.of(report("records")));

        assertThat(file.read()).extracting(Report::bench).containsExactly("records");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_file_of_something_else_is_refused_by_its_name() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"rows\": 3}");

        assertThatThrownBy(() -> new ReportFile(file).read())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("other.json holds no reports of bench");
    }

    @Test
    void two_figures_of_one_name_are_refused() {
        Figure ratio = Figure.of("glue.ratio", "ratio", 1);
        Report one = report("glue");

        assertThatThrownBy(() -> new Report(
                        Report.SCHEMA,
                        "glue",
                        one.measured(),
                        one.build(),
                        one.machine(),
                        one.load(),
                        Map.of(),
                        List.of(ratio, ratio),
                        List.of()))
                .hasMessage("figures of glue must have different names, found glue.ratio twice");
    }

    @Test
    void a_table_tells_machine_version_settings_and_figures() {
        assertThat(report("glue").markdown())
                .contains("## glue", "0.1.0 1904231", "a processor, 2 processors", "load 0.5 before and 1.3 after")
                .contains("seconds 10.0, simulated true, workers [1, 16]")
                .contains("| glue.ratio | ratio | 1.250 | 1 | 1.500 | 2 |");
    }

    @Test
    void the_machine_is_told_by_the_machine() {
        Machine here = Machine.here();

        assertThat(here.processors()).isPositive();
        assertThat(here.memoryBytes()).isPositive();
        assertThat(here.processor()).isNotBlank();
        assertThat(here.os()).contains(System.getProperty("os.name"));
        assertThat(Build.of("1", Optional.of(folder)).commit())
                .as("no clone of git")
                .isEmpty();
    }

    private static Stream<String> names(JsonNode object) {
        Iterable<String> names = object::fieldNames;
        return StreamSupport.stream(names.spliterator(), false);
    }
}
