package io.longtake.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What runs the models. */
final class EngineOption {

    private static final List<String> ENGINES = List.of("auto", "OnnxRuntime", "TensorRT");

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "DJL engine of the models: OnnxRuntime, or auto (default: ${DEFAULT-VALUE}).")
    private String engine;

    String name() {
        if (!ENGINES.contains(engine)) {
            throw new ParameterException(
                    command.commandLine(), "--engine " + engine + " is unknown: expected one of " + ENGINES);
        }
        return engine;
    }
}
