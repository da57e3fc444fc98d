package io.longtake.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Where {@code ./longtake} arrives. Quarkus itself starts only for the commands that serve. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        // the progress bars' terminal library complains if there is no terminal
        System.setProperty("org.jline.terminal.dumb", "true");
        System.exit(commandLine().execute(args));
    }

    /** The commands with our manners: one line for a mistake, one line for a failure. */
    static CommandLine commandLine() {
        return new CommandLine(new Longtake())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Complaints::misused)
                .setExecutionExceptionHandler(Complaints::failed);
    }
}
