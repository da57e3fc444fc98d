package io.longtake.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How many segments go into one call. The other sizes are the model's own. */
final class BatchesOption {

    private static final int MAX_SIZE = 64;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"--sizes", "--batches"},
            paramLabel = "N",
            split = ",",
            description = "Segments in one call (default: ${DEFAULT-VALUE}). With guidance a segment counts as two.")
    private List<Integer> sizes;

    /** @param usual sizes where none are asked for */
    BatchesOption(List<Integer> usual) {
        sizes = usual;
    }

    List<Integer> list() {
        for (int size : sizes) {
            if (size < 1 || size > MAX_SIZE) {
                throw new ParameterException(
                        command.commandLine(), "--sizes must be from 1 to " + MAX_SIZE + ", found " + size);
            }
        }
        return sizes;
    }
}
