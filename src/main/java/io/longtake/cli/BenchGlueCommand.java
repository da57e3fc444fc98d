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
            "Wall time of the platform over the same stage functions in a bare loop, from one run.",
            "Bare loop, platform, bare loop again; both are warm. The platform also encodes and stitches the video, which"
                    + " the bare loop does not."
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
