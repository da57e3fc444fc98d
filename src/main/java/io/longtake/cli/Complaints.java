package io.longtake.cli;

import io.longtake.event.Reason;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How mistakes and failures are told: in one line each. */
final class Complaints {

    private static final char UNREADABLE = '\uFFFD';

    private Complaints() {}

    /** Wrong use: names option, value and limit. */
    static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String what = isUnreadable(List.of(args)) ? notUtf8() : Misuse.words(e) + source(e, List.of(args));
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": " + OneLine.of(what) + " (--help tells more)");
        return ExitCode.USAGE;
    }

    /** Who reads of an option that was not written wants to know where it is. */
    private static String source(ParameterException e, List<String> args) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String option = Misuse.words(e).split(" ", 2)[0];
        return command.defaultValueProvider() instanceof DefaultsFile defaults
                ? defaults.source(command, option, args)
                        .map(file -> " (from " + file + ")")
                        .orElse("")
                : "";
    }

    /** Something went wrong while doing it. */
    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        Throwable fault = e instanceof ExecutionException ? e.getCause() : e;
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + OneLine.of(reason(fault)));
        Logs.keep(fault);
        return ExitCode.SOFTWARE;
    }

    /** What a fault says; what it is, too, if it is none of those that speak to people, or says nothing. */
    static String reason(Throwable fault) {
        if (fault instanceof LinkageError) {
            return "a library of this program cannot be loaded: " + Reason.ofFirstCause(fault);
        }
        return fault.getMessage() == null || fault instanceof Error ? fault.toString() : fault.getMessage();
    }

    /** @throws ParameterException if Java could not read an argument, and put something else in its place */
    static void requireReadable(ParseResult parsed) {
        if (isUnreadable(parsed.originalArgs())) {
            throw new ParameterException(parsed.commandSpec().commandLine(), notUtf8());
        }
    }

    private static boolean isUnreadable(List<String> args) {
        return args.stream().anyMatch(arg -> arg.indexOf(UNREADABLE) >= 0);
    }

    private static String notUtf8() {
        return "an argument is not in UTF-8, or this machine has no UTF-8 locale to read it in";
    }
}
