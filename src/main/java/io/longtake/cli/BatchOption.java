package io.longtake.cli;

import io.longtake.worker.Batching;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How many tasks a worker takes at once. */
final class BatchOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "${sys:longtake.worker.batch.maximum:-1}",
            description = {
                "How many tasks, of any videos, one call of the model takes at most. More than one helps on a GPU"
                        + " (default: 1, or system property longtake.worker.batch.maximum).",
                "Videos are the same to the last bit only if all workers of a stage have the same N."
            })
    private int maximum;

    @Option(
            names = "--batch-window",
            paramLabel = "MILLIS",
            defaultValue = "${sys:longtake.worker.batch.window:-20}",
            description = "How long to wait for that many tasks (default: 20, or system property"
                    + " longtake.worker.batch.window).")
    private long window;

    Batching batching() {
        require("--batch", maximum, 1, Batching.MAX_TASKS);
        require("--batch-window", window, 0, Batching.MAX_WINDOW.toMillis());
        return new Batching(maximum, Duration.ofMillis(window));
    }

    private void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    command.commandLine(), option + " must be from " + least + " to " + most + ", found " + value);
        }
    }
}
