package io.longtake.cli;

import io.longtake.platform.PlatformSettings;
import io.longtake.worker.WorkerSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many calls a worker has under way. */
final class SlotsOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = {
                "How many calls the worker runs at once, each from the arrival of its inputs until its output is"
                        + " published. A call has up to --batch tasks. Of these calls the device computes only some at once"
                        + " (CPU: one for each processor, or system property longtake.calls; GPU: one).",
                "Default: one more than the device computes at once, or system property longtake.worker.slots. Does not"
                        + " change any byte of a video."
            })
    private Integer slots;

    int number(PlatformSettings settings) {
        int number = slots == null ? settings.slots() : slots;
        if (number < 1 || number > WorkerSettings.MAX_SLOTS) {
            throw new ParameterException(
                    command.commandLine(),
                    "--slots must be from 1 to " + WorkerSettings.MAX_SLOTS + ", found " + number);
        }
        return number;
    }
}
