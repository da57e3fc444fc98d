package io.longtake.cli;

import io.longtake.bench.StagesBench;
import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stages",
        description = {
            "Measures how many milliseconds the networks of each stage take for a segment on this machine's processors,"
                    + " and all of them for a second of video.",
            "One call at a time on all processors; one call at a time on one; as many calls at once as there are"
                    + " processors, each on one, as workers make them. 'bench steps' measures single calls, on a GPU too."
        },
        mixinStandardHelpOptions = true)
final class BenchStagesCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions bench;

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "30",
            description = "Segments of each kind (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "Calls at once, and threads of a call that is alone (default: the processors).")
    private Integer atOnce;

    @Override
    public Integer call() throws Exception {
        return bench.run(() -> new StagesBench(
                ModelRepository.standard().find(name),
                runs,
                atOnce == null ? Device.of("OnnxRuntime").calls() : atOnce));
    }
}
