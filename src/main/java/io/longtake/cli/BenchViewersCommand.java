package io.longtake.cli;

import io.longtake.bench.ViewersBench;
import io.longtake.bench.viewers.BenchViewers;
import io.longtake.platform.DataDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "viewers",
        description = {
            "Divides the wall and processor time of a video with viewers by the same without viewers.",
            "A server in a separate process makes the video unwatched, watched and unwatched. The viewers run in this"
                    + " process, on the same machine, and check that they get every frame."
        },
        mixinStandardHelpOptions = true)
final class BenchViewersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private PromptOptions prompt;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "100",
            description = "Viewers over WebSockets (default: ${DEFAULT-VALUE}).")
    private int sockets;

    @Option(
            names = "--hls",
            paramLabel = "N",
            defaultValue = "100",
            description = "Viewers over HLS (default: ${DEFAULT-VALUE}).")
    private int hls;

    @Option(
            names = "--stalled",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many of the WebSocket viewers stop reading (default: ${DEFAULT-VALUE}).")
    private int stalled;

    @Override
    public Integer call() throws Exception {
        BenchViewers.Size size = new BenchViewers.Size(sockets, hls, stalled);
        DataDirectory data = new DataDirectory(connection.data().path().resolve("bench-viewers"));
        ViewersBench found = ViewersBench.of(prompt.event(), size, launcher(), data);
        System.out.print(found.report());
        return found.whole() ? 0 : 1;
    }

    private Path launcher() {
        String home = System.getProperty("longtake.home");
        if (home == null) {
            throw new ParameterException(
                    spec.commandLine(), "run it by its launcher, ./longtake: it starts another one");
        }
        return Path.of(home, "longtake");
    }
}
