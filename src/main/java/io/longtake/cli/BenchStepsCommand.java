package io.longtake.cli;

import io.longtake.bench.steps.StepRow;
import io.longtake.bench.steps.StepRows;
import io.longtake.bench.steps.StepsBench;
import io.longtake.model.ModelRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "steps",
        description = {
            "Measures how many milliseconds each stage's network takes for one step; prints a Markdown table.",
            "Times are measured on the device if the engine reports them; otherwise they are those of the whole call."
        },
        mixinStandardHelpOptions = true)
final class BenchStepsCommand implements Callable<Integer> {

    private static final int MAX_RUNS = 1000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String name;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Mixin
    private BatchesOption batches = new BatchesOption(List.of(1, 2, 4, 8));

    @Option(names = "--runs", defaultValue = "30", description = "Timed calls per row (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--cuda-graphs",
            split = ",",
            defaultValue = "false",
            description = "Whether to replay each step as a CUDA graph: false, true, or both with a comma"
                    + " (default: false). Engine TensorRT only.")
    private List<Boolean> graphs;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "A further option for the engine, such as optLevel=5; may be repeated.")
    private Map<String, String> options = Map.of();

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description = "Saves each row in FILE, and does not measure rows that are already in it.")
    private Path rowsFile;

    @Option(
            names = "--device",
            defaultValue = "this machine",
            description = "Name of the device in the rows (default: ${DEFAULT-VALUE}).")
    private String device;

    @Override
    public Integer call() {
        if (runs < 1 || runs > MAX_RUNS) {
            throw new ParameterException(
                    spec.commandLine(), "--runs must be from 1 to " + MAX_RUNS + ", found " + runs);
        }
        StepsBench bench = new StepsBench(
                ModelRepository.standard().find(name), engine.name(), batches.list(), runs, options, device);
        StepRows rows = new StepRows(rowsFile);
        System.out.println(StepRow.HEAD);
        boolean whole = true;
        for (boolean replayed : graphs) {
            for (String stage : stages.set()) {
                whole &= bench.measure(stage, replayed, rows, row -> System.out.println(row.markdown()));
            }
        }
        return whole ? 0 : 1;
    }
}
