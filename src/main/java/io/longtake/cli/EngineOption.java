package io.longtake.cli;

import io.longtake.model.Device;
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
            description =
                    "What runs the models: OnnxRuntime, TensorRT, or auto, which uses TensorRT if there is a GPU (default:"
                            + " ${DEFAULT-VALUE}; docs/gpu.md).")
    private String engine;

    String name() {
        return choice().engine();
    }

    /** The engine that will run, and why. */
    Device.Choice choice() {
        if (!ENGINES.contains(engine)) {
            throw new ParameterException(
                    command.commandLine(), "--engine " + engine + " is unknown: expected one of " + ENGINES);
        }
        try {
            return Device.choose(engine);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--engine " + engine + ": " + e.getMessage(), e);
        }
    }
}
