package io.longtake.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Where {@code ./longtake} arrives. Quarkus itself starts only for the commands that serve. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        // Libraries, too, write numbers into names and documents, where digits of other scripts do not belong.
        Locale.setDefault(Locale.ROOT);
        // the progress bars' terminal library complains if there is no terminal
        System.setProperty("org.jline.terminal.dumb", "true");
        System.exit(commandLine().execute(args));
    }

    /** The commands with our manners: one line for a mistake, one line for a failure. */
    static CommandLine commandLine() {
        CommandLine longtake = new CommandLine(new Longtake())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                // a prompt may begin with it
                .setExpandAtFiles(false)
                .setExecutionStrategy(Main::run)
                .setParameterExceptionHandler(Complaints::misused)
                .setExecutionExceptionHandler(Complaints::failed);
        Plain.register(longtake);
        tellVersion(longtake);
        return longtake;
    }

    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new ApplicationVersion());
        command.getSubcommands().values().forEach(Main::tellVersion);
    }

    /** An Error is told like any failure, and ends the process: a library that cannot be loaded, memory that has run out. */
    private static int run(ParseResult parsed) {
        Complaints.requireReadable(parsed);
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            ParseResult last = parsed;
            while (last.hasSubcommand()) {
                last = last.subcommand();
            }
            throw new ExecutionException(last.commandSpec().commandLine(), Complaints.reason(e), e);
        }
    }
}
