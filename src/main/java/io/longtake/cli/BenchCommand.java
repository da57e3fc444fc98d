package io.longtake.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures the platform on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchGlueCommand.class,
            BenchRecordsCommand.class,
            BenchStagesCommand.class,
            BenchViewersCommand.class,
            BenchWorkersCommand.class
        })
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected what to measure: glue, records, stages, viewers or workers");
    }
}
