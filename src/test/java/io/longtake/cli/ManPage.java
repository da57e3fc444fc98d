package io.longtake.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** All commands as a page for {@code man}, from the same words as their {@code --help}; picocli itself writes AsciiDoc only. */
final class ManPage {

    private static final int DESCRIPTION = 4;

    private final StringBuilder text = new StringBuilder();

    private ManPage() {}

    static String of(CommandLine longtake) {
        ManPage page = new ManPage();
        CommandSpec spec = longtake.getCommandSpec();
        page.line(".\\\" Made from the commands: ManPageTest says how");
        page.line(".TH LONGTAKE 1 \"\" \"\" \"Longtake\"");
        page.line(".SH NAME");
        page.line(plain("longtake - " + description(spec)));
        page.line(".SH SYNOPSIS");
        page.line(".B longtake");
        page.line("COMMAND [OPTIONS]");
        page.commands(longtake);
        page.line(".SH NOTES");
        page.line(".nf");
        Stream.of(spec.usageMessage().footer()).map(ManPage::plain).forEach(page::line);
        page.line(".fi");
        return page.text.toString();
    }

    /** Those that can be given, those of {@code bench} after it. */
    static List<CommandLine> listed(CommandLine command) {
        List<CommandLine> all = new ArrayList<>();
        for (CommandLine sub : command.getCommandSpec().subcommands().values()) {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                all.add(sub);
                all.addAll(listed(sub));
            }
        }
        return all;
    }

    private void commands(CommandLine longtake) {
        line(".SH COMMANDS");
        for (CommandLine command : listed(longtake)) {
            CommandSpec spec = command.getCommandSpec();
            Help help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
            line(".SS \"" + plain(spec.qualifiedName()) + "\"");
            line(plain(description(spec)));
            spec.positionalParameters().stream()
                    .filter(parameter -> !parameter.hidden())
                    .forEach(parameter -> entry(help.createDefaultParameterRenderer()
                            .render(parameter, help.parameterLabelRenderer(), help.colorScheme())));
            spec.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> entry(help.createDefaultOptionRenderer()
                            .render(option, help.parameterLabelRenderer(), help.colorScheme())));
        }
    }

    /** Columns of picocli's: required, short name, comma, long name, description; one row for each line of the description. */
    private void entry(Help.Ansi.Text[][] rows) {
        String name = Stream.of(rows[0])
                .skip(1)
                .limit(DESCRIPTION - 1)
                .map(Help.Ansi.Text::plainString)
                .collect(Collectors.joining());
        line(".TP");
        line(".B \"" + plain(name.replace(",", ", ").strip()) + "\"");
        line(plain(Stream.of(rows)
                .map(row -> row[DESCRIPTION].plainString())
                .collect(Collectors.joining(" "))
                .strip()));
    }

    private static String description(CommandSpec spec) {
        return Arrays.stream(spec.usageMessage().description()).collect(Collectors.joining(" "));
    }

    /** Nothing in it is a command of roff's: no \, no hyphen that may be a dash, no dot or ' at the beginning, and "" for " in names. */
    private static String plain(String words) {
        String escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
