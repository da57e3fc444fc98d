package io.longtake.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description =
                "Measures the platform on this machine. Each benchmark prints a table, and writes JSON to --json.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchAllCommand.class,
            BenchFirstPictureCommand.class,
            BenchGlueCommand.class,
            BenchIdleCommand.class,
            BenchPayloadCommand.class,
            BenchRecordsCommand.class,
            BenchSimulatedWorkerCommand.class,
            BenchStagesCommand.class,
            BenchStartupCommand.class,
            BenchStepsCommand.class,
            BenchViewersCommand.class,
            BenchWorkersCommand.class
        })
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected what to measure: all, first-picture, glue, idle, payload, records, stages, startup, steps,"
                        + " viewers or workers");
    }
}
