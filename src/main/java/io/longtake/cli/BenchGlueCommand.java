package io.longtake.cli;

import io.longtake.bench.GlueBench;
import io.longtake.model.ModelRepository;
import io.longtake.platform.DataDirectory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "glue",
        description = {
            "Divides the platform's wall time by that of the same stage functions in a bare loop, in one run.",
            "Runs the bare loop, the platform, and the bare loop again, all warmed up. The platform also encodes and"
                    + " stitches the video; the bare loop does not."
        },
        mixinStandardHelpOptions = true)
final class BenchGlueCommand implements Callable<Integer> {

    @Mixin
    private PromptOptions prompt;

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() {
        DataDirectory data = new DataDirectory(connection.data().path().resolve("bench"));
        System.out.println(GlueBench.of(prompt.event(), ModelRepository.standard(), data));
        return 0;
    }
}
