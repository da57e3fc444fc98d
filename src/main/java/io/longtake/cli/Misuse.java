package io.longtake.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words for people where picocli's are for programmers. */
final class Misuse {

    private Misuse() {}

    static String words(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing);
        }
        if (e instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        if (e.getCause() instanceof TypeConversionException wrong && e.getArgSpec() != null) {
            return name(e.getArgSpec()) + " " + e.getValue() + " " + wrong.getMessage();
        }
        return e.getMessage();
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        boolean command = !e.getCommandLine().getSubcommands().isEmpty();
        String kind = isOption(e) ? "option" : command ? "command" : "argument";
        String hint = e.getSuggestions().isEmpty() ? "" : ", perhaps " + String.join(" or ", e.getSuggestions());
        if (kind.equals("argument")) {
            return "there is one argument too many: " + first
                    + (takesPrompt(e.getCommandLine().getCommandSpec())
                            ? " (a prompt of several words stands in quotes)"
                            : "");
        }
        return "there is no " + kind + " " + first + hint + (first.contains(" ") ? " (-- ends the options)" : "");
    }

    /** What looks like an option, unless it stands behind the {@code --} that ends them. */
    private static boolean isOption(UnmatchedArgumentException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        return e.isUnknownOption()
                && !command.optionsMap().containsKey(e.getUnmatched().get(0));
    }

    private static boolean takesPrompt(CommandSpec command) {
        return command.positionalParameters().stream()
                .anyMatch(words -> words.paramLabel().contains("PROMPT"));
    }

    private static String missing(MissingParameterException e) {
        List<ArgSpec> missing = e.getMissing();
        boolean value = missing.size() == 1
                && missing.get(0) instanceof OptionSpec option
                && e.getMessage().contains("parameter for option");
        return value
                ? name(missing.get(0)) + " lacks its value, " + missing.get(0).paramLabel()
                : missing.stream().map(Misuse::name).collect(Collectors.joining(" and "))
                        + (missing.size() == 1 ? " is missing" : " are missing");
    }

    /** As it is written: the longest name of an option, the label of anything else. */
    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }
}
