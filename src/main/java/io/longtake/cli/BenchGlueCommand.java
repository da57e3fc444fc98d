package io.longtake.cli;

import io.longtake.bench.GlueBench;
import io.longtake.bench.GlueDevices;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "glue",
        description = {
            "Divides the platform's wall time by that of the same stages in a bare loop, in one run, and says how much"
                    + " processor time the platform takes beside the networks, its Kafka included.",
            "Runs the bare loop before and after each run of the platform, all warmed up. The platform also encodes and"
                    + " stitches the video; the bare loop does not."
        },
        mixinStandardHelpOptions = true)
final class BenchGlueCommand implements Callable<Integer> {

    @Mixin
    private BenchVideoOptions video;

    @Mixin
    private BenchOptions bench;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "Length of the video in seconds (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs of the platform (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--simulated",
            description = "Replaces the networks by waits on a device that makes one call at a time. Outputs have the"
                    + " model's sizes.")
    private boolean simulated;

    @Option(
            names = "--segment-seconds",
            paramLabel = "S",
            defaultValue = "16",
            description = "With --simulated: what a segment takes the device, all stages together (default:"
                    + " ${DEFAULT-VALUE}, about as much as a model of the published size).")
    private double segmentSeconds;

    @Option(
            names = "--scale",
            paramLabel = "X",
            defaultValue = "0.25",
            description = "With --simulated: multiplies these seconds, so that the benchmark ends in time (default:"
                    + " ${DEFAULT-VALUE}). The platform's own time is not scaled, so the ratio is too high.")
    private double scale;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "With --simulated: slots of the worker (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Override
    public Integer call() throws Exception {
        PromptEvent event = video.event(seconds);
        String runs = simulated ? "" : engine.name();
        return bench.run(() -> new GlueBench(
                event,
                ModelRepository.standard(),
                simulated ? new GlueDevices.Simulated(segmentSeconds, scale, slots) : new GlueDevices.Real(runs),
                rounds));
    }
}
