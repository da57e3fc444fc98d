package io.longtake.cli;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What other people wrote (a prompt, a reason, the name of a worker), as it may stand in a line on a terminal: it can neither begin
 * a line of its own, nor tell the terminal what to do, nor turn the reading direction.
 */
final class OneLine {

    private static final Pattern BREAKS = Pattern.compile("[ ]*(?:\\R|\\t)\\s*");

    /** Control characters, and the format characters that say in which direction the rest of the line runs. */
    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private OneLine() {}

    /** Breaks become spaces; what a terminal would obey is shown by its number, such as {@code \\u001B}. */
    static String of(String text) {
        return COMMANDS.matcher(BREAKS.matcher(text).replaceAll(" ")).replaceAll(OneLine::number);
    }

    private static String number(MatchResult found) {
        return String.format(Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0));
    }
}
