package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.bench.report.Figure;
import io.longtake.bench.report.Report;
import io.longtake.bench.report.ReportFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    @TempDir
    Path folder;

    @Test
    void a_small_benchmark_measures_cleans_up_and_writes_json() {
        Path json = folder.resolve("glue.json");
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

        int status = Main.commandLine()
                .execute(
                        "bench",
                        "glue",
                        "--simulated",
                        "--seconds",
                        "2",
                        "--segment-seconds",
                        "0.2",
                        "--scale",
                        "1",
                        "--json",
                        json.toString(),
                        "--data-dir",
                        folder.toString());

        assertThat(status).isZero();
        Report report = new ReportFile(json).read().get(0);
        assertThat(report.bench()).isEqualTo("glue");
        assertThat(report.faults()).isEmpty();
        assertThat(figure(report, "glue.bare").median())
                .as("two segments, one after the other")
                .isGreaterThan(0.4);
        assertThat(figure(report, "glue.platform").median())
                .as("the device takes as long in the platform")
                .isGreaterThan(0.4);
        assertThat(figure(report, "glue.broker-processor").median()).isPositive();
        assertThat(figure(report, "glue.own-processor").median())
                .isGreaterThan(figure(report, "glue.broker-processor").median());
        assertThat(folder).isDirectoryNotContaining("glob:**/longtake-bench-*");
        assertThat(ProcessHandle.current().descendants().toList()).isEqualTo(before);
    }

    private static Figure figure(Report report, String name) {
        return report.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
