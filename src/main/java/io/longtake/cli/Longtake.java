package io.longtake.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "longtake",
        description = "Makes long, coherent video from prompt events, as a stream.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class,
        subcommands = {
            GenerateCommand.class,
            UpCommand.class,
            WorkerCommand.class,
            PromptCommand.class,
            SubscribeCommand.class,
            CancelCommand.class,
            ListCommand.class,
            ShowCommand.class,
            StatusCommand.class,
            CompileCommand.class,
            BenchCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        },
        footer = {
            "",
            "Examples:",
            "  longtake generate \"a drive at night in heavy traffic\" --seconds 10 --seed 7 -o night.mp4",
            "  longtake up                                  # run a server until Ctrl-C",
            "  longtake worker --stages keyframes,decode    # add a worker to a running platform",
            "  longtake prompt \"an empty road in fog\" --seconds 30",
            "  longtake subscribe VIDEO_ID -o video.mp4",
            "  longtake show VIDEO_ID                       # which worker did what of it",
            "  source <(longtake generate-completion)       # completion in bash and zsh",
            "  man docs/longtake.1                          # all commands on one page",
            "",
            "Defaults of options may stand in ~/.longtake.properties, such as longtake.generate.seconds=30.",
            "",
            "Exit status: 0 done, 1 failed, 2 wrong usage."
        })
final class Longtake implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command: generate, up, worker, prompt, subscribe, cancel, list, show, status, compile or bench");
    }
}
