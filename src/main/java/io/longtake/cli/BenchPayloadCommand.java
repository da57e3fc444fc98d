package io.longtake.cli;

import io.longtake.bench.PayloadBench;
import io.longtake.model.ModelRepository;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "payload",
        description = {
            "Measures how fast payloads are written and read, and divides by the rate of Kafka's own producer-perf-test.",
            "A payload is written in a transaction of its own, as workers do; the perf test writes records of a chunk's"
                    + " size on the same topic, without transactions. Both in turn, in one run."
        },
        mixinStandardHelpOptions = true)
final class BenchPayloadCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions bench;

    @Option(
            names = "--mebibytes",
            split = ",",
            paramLabel = "N",
            defaultValue = "0.75,12",
            description = "Sizes of a payload: one chunk, and about a segment of 320 x 512 by default (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<Double> mebibytes;

    @Option(
            names = "--total",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "How much to write in each round (default: ${DEFAULT-VALUE}).")
    private int total;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds that count, after one that does not (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        return bench.run(() -> new PayloadBench(ModelRepository.standard(), mebibytes, total, rounds));
    }
}
