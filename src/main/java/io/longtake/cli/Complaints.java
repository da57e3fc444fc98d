package io.longtake.cli;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How mistakes and failures are told: in one line each. */
final class Complaints {

    private Complaints() {}

    /** Wrong use: names option, value and limit. */
    static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": " + oneLine(e.getMessage())
                        + " (--help tells more)");
        return ExitCode.USAGE;
    }

    /** Something went wrong while doing it. */
    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + reason(e));
        Logs.keep(e);
        return ExitCode.SOFTWARE;
    }

    /** What an exception says, or else what it is. */
    static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
