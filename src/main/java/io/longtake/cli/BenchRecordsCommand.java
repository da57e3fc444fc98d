package io.longtake.cli;

import io.longtake.bench.RecordsBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "records",
        description = {
            "Divides the processor time to encode a record by that of an Avro encoder made for each record.",
            "Measures both in turn, in one run."
        },
        mixinStandardHelpOptions = true)
final class BenchRecordsCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions bench;

    @Override
    public Integer call() throws Exception {
        return bench.run(RecordsBench::new);
    }
}
