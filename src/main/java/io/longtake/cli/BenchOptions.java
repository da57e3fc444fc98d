package io.longtake.cli;

import io.longtake.bench.Bench;
import io.longtake.bench.BenchDirectory;
import io.longtake.bench.report.Build;
import io.longtake.bench.report.Machine;
import io.longtake.bench.report.Report;
import io.longtake.bench.report.ReportFile;
import io.longtake.model.UnknownModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What all benchmarks are told, and how each is run. */
final class BenchOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the figures as JSON (docs/performance.md) to FILE.")
    private Path json;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where the benchmark makes its temporary folder (default: that of Java).")
    private Path parent;

    @Option(names = "--keep", description = "Keeps that folder, with its logs, and prints where it is.")
    private boolean keep;

    /**
     * Measures, prints a table, and writes the JSON.
     *
     * @param made makes the benchmark; an IllegalArgumentException is a wrong option
     * @return exit status: 1 if something was not as it should be
     */
    int run(Supplier<? extends Bench> made) throws Exception {
        Optional<ReportFile> file = file();
        Bench bench = checked(made);
        try (BenchDirectory directory = directory()) {
            Report report = untilStopped(() -> report(bench, directory));
            System.out.println(report.markdown());
            file.ifPresent(found -> found.write(List.of(report)));
            return report.faults().isEmpty() ? 0 : 1;
        }
    }

    /** Opens the folder; what is logged from now on is there. */
    BenchDirectory directory() {
        BenchDirectory directory = BenchDirectory.in(parent.toAbsolutePath(), keep);
        if (keep) {
            System.err.println("keeps " + directory.path());
        }
        Logs.to(directory.data("logs"));
        return directory;
    }

    /** What {@code --json} names. */
    Optional<ReportFile> file() {
        if (json == null) {
            return Optional.empty();
        }
        Path path = json.toAbsolutePath();
        if (Files.isDirectory(path) || !Files.isDirectory(path.getParent())) {
            throw misuse("--json " + json + " must be a file in a folder that is there");
        }
        return Optional.of(new ReportFile(path));
    }

    /** The script {@code longtake}. */
    Path launcher() {
        return home().map(home -> home.resolve("longtake"))
                .orElseThrow(() -> misuse("run it by its launcher, ./longtake: it starts another one"));
    }

    /** What is made; a wrong option is told as one. */
    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw misuse("--" + e.getMessage());
        } catch (UnknownModelException e) {
            throw misuse("--model: " + e.getMessage());
        }
    }

    private static Report report(Bench bench, BenchDirectory directory) throws Exception {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        double before = Machine.load();
        Bench.Found found = bench.measure(directory, BenchOptions::progress);
        return new Report(
                Report.SCHEMA,
                bench.name(),
                begun.toString(),
                build(),
                Machine.here(),
                new Report.Load(before, Machine.load()),
                bench.settings(),
                found.figures(),
                found.faults());
    }

    /** What Ctrl-C does to it is no fault that needs a stack trace. */
    static <T> T untilStopped(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (InterruptedException | InterruptException e) {
            throw new IllegalStateException("told to stop before it was done", e);
        }
    }

    static void progress(String line) {
        System.err.println(line);
    }

    private static Build build() throws IOException {
        return Build.of(ApplicationVersion.number(), home());
    }

    private static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("longtake.home")).map(Path::of);
    }

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
