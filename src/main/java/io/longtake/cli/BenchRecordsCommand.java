package io.longtake.cli;

import io.longtake.bench.RecordsBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "records",
        description = {
            "Processor time to encode a record, over that of an encoder of Avro's made for each record.",
            "Both in turns, in one run; medians."
        },
        mixinStandardHelpOptions = true)
final class BenchRecordsCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        new RecordsBench().measure(System.out);
        return 0;
    }
}
