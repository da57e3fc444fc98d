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
        longtake.setDefaultValueProvider(DefaultsFile.ofUser());
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
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            ((DefaultsFile) parsed.commandSpec().defaultValueProvider())
                    .requireKnown(parsed.commandSpec().commandLine());
        }
        try {
            int status = new RunLast().execute(parsed);
            requirePrinted(command);
            return status;
        } catch (Error e) {
            throw new ExecutionException(command, Complaints.reason(e), e);
        }
    }

    /** A result that nobody can read is none: the disk is full, or whoever should have read it has gone. */
    private static void requirePrinted(CommandLine command) {
        // What a service has to say there is its log, which it does without.
        boolean serves = command.getCommandSpec().userObject() instanceof ServingCommand;
        if (!serves && (command.getOut().checkError() || System.out.checkError())) {
            throw new ExecutionException(
                    command, "", new IllegalStateException("its result cannot be written to standard output"));
        }
    }
}
