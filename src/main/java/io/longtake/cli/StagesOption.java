package io.longtake.cli;

import io.longtake.event.StageName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which stages a worker takes. */
final class StagesOption {

    @Option(
            names = "--stages",
            paramLabel = "STAGE",
            split = ",",
            defaultValue = "keyframes,interpolate,decode,upsample",
            description = "Stages that the worker takes, of keyframes, interpolate, decode, upsample (default: all).")
    private List<StageName> stages;

    Set<StageName> set() {
        return EnumSet.copyOf(stages);
    }
}
