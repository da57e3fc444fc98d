package io.longtake.cli;

import io.longtake.bench.RecordsBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "records",
        description = {
            "Divides the processor time to encode a record by that of an Avro encoder made for each record.",
            "Measures both in turn, in one run, and prints medians."
        },
        mixinStandardHelpOptions = true)
final class BenchRecordsCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        new RecordsBench().measure(System.out);
        return 0;
    }
}
