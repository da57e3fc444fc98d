package io.longtake.bench;

import io.longtake.bench.report.Report;
import io.longtake.bench.report.ReportFile;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All benchmarks one after the other, each in a process of its own, as if it were the only one; sized so that all should end within
 * 20 minutes on two quiet cores.
 *
 * @param launcher the script {@code longtake}
 */
public record AllBenches(Path launcher) {

    /** What each is told beside where to write. */
    public static final List<List<String>> COMMANDS = List.of(
            List.of("stages", "--runs", "15"),
            List.of("glue", "--seconds", "10", "--rounds", "2"),
            List.of("glue", "--simulated", "--seconds", "12", "--scale", "0.125"),
            List.of("workers", "--simulated", "--videos", "2", "--segments", "4", "--segment-seconds", "4"),
            List.of("first-picture", "--starts", "2", "--videos", "4"),
            List.of("startup", "--runs", "3"),
            List.of("idle", "--seconds", "20", "--settle", "10"),
            List.of("payload", "--rounds", "5"),
            List.of("viewers", "--seconds", "6"),
            List.of("records"));

    /**
     * What all of them found.
     *
     * @param failures which ended badly; what they have to say has gone to standard error
     */
    public record AllFound(List<Report> reports, List<String> failures) {}

    /**
     * Runs them.
     *
     * @param each told every report as soon as it is there, with those before it
     */
    public AllFound run(BenchDirectory directory, Consumer<String> progress, Consumer<List<Report>> each)
            throws IOException, InterruptedException {
        List<Report> reports = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (List<String> command : COMMANDS) {
            String named = String.join(" ", command);
            progress.accept("bench " + named);
            ReportFile file = new ReportFile(directory.path().resolve("report-" + COMMANDS.indexOf(command) + ".json"));
            int status = run(command, file, directory);
            if (Files.exists(file.path())) {
                reports.addAll(file.read());
                each.accept(List.copyOf(reports));
            }
            if (status != 0) {
                failures.add("bench " + named + " ended with status " + status);
            }
        }
        return new AllFound(reports, failures);
    }

    private int run(List<String> command, ReportFile file, BenchDirectory directory)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(launcher.toString(), "bench"));
        line.addAll(command);
        line.addAll(List.of(
                "--json", file.path().toString(), "--data-dir", directory.path().toString()));
        Process process = new ProcessBuilder(line)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            process.waitFor();
            throw e;
        }
    }
}
