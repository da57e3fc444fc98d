package io.longtake.cli;

import io.longtake.model.ModelRepository;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which stages a worker takes. */
final class StagesOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--stages",
            paramLabel = "STAGE",
            split = ",",
            description = "Stages that the worker runs, such as keyframes,decode (default: all stages of the installed"
                    + " models).")
    private List<String> stages;

    /** @throws ParameterException if no installed model has one of them */
    Set<String> set() {
        Set<String> known = ModelRepository.standard().stages();
        if (stages == null) {
            return known;
        }
        stages.stream().filter(stage -> !known.contains(stage)).findFirst().ifPresent(stage -> {
            throw new ParameterException(
                    command.commandLine(),
                    "--stages " + stage + " is no stage of an installed model: expected some of " + known);
        });
        return new LinkedHashSet<>(stages);
    }
}
