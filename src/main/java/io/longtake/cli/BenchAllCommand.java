package io.longtake.cli;

import io.longtake.bench.AllBenches;
import io.longtake.bench.BenchDirectory;
import io.longtake.bench.report.ReportFile;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "all",
        description = {
            "Runs all benchmarks one after the other, each in a process of its own: meant to end within 20 minutes on two"
                    + " quiet cores.",
            "Some are shorter than when they run alone; the settings stand with the figures. If one fails, the others"
                    + " go on, and the exit status is 1."
        },
        mixinStandardHelpOptions = true)
final class BenchAllCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions bench;

    @Override
    public Integer call() throws Exception {
        Optional<ReportFile> file = bench.file();
        AllBenches all = new AllBenches(bench.launcher());
        long start = System.nanoTime();
        try (BenchDirectory directory = bench.directory()) {
            AllBenches.AllFound outcome = BenchOptions.untilStopped(() -> all.run(
                    directory, BenchOptions::progress, reports -> file.ifPresent(found -> found.write(reports))));
            outcome.failures().forEach(System.err::println);
            System.err.printf(Locale.ROOT, "all in %.1f min%n", (System.nanoTime() - start) / 60e9);
            return outcome.failures().isEmpty() ? 0 : 1;
        }
    }
}
