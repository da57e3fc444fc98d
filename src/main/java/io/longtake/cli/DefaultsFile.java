package io.longtake.cli;

import io.longtake.event.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Defaults of options, from {@code ~/.longtake.properties}: by command and option ({@code longtake.generate.seconds}), or by option
 * alone. It is UTF-8. What is wrong with it is told, because a default that has no effect is not noticed for long.
 */
final class DefaultsFile implements IDefaultValueProvider {

    private final Path path;
    private final Properties values = new Properties();
    private final Optional<String> problem;

    DefaultsFile(Path path) {
        this.path = path;
        this.problem = read();
    }

    /** System property {@code picocli.defaults.longtake.path} may name another. */
    static DefaultsFile ofUser() {
        return new DefaultsFile(Optional.ofNullable(System.getProperty("picocli.defaults.longtake.path"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".longtake.properties")));
    }

    private Optional<String> read() {
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            values.load(reader);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            values.clear();
            return Optional.of("cannot be read: " + Reason.of(e));
        }
    }

    @Override
    public String defaultValue(ArgSpec arg) {
        return keys(arg)
                .map(values::getProperty)
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    /** @throws ParameterException naming the file, and what in it is no option */
    void requireKnown(CommandLine root) {
        problem.ifPresent(what -> {
            throw new ParameterException(root, path + " " + what);
        });
        TreeSet<String> unknown = new TreeSet<>(values.stringPropertyNames());
        commands(root)
                .flatMap(command -> command.args().stream())
                .flatMap(DefaultsFile::keys)
                .forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    root,
                    path + ": " + unknown.first() + " is no option of a command: expected one such as"
                            + " longtake.generate.seconds");
        }
    }

    /** Where the value of an option comes from, if this file gives it and the command line does not. */
    Optional<Path> source(CommandSpec command, String option, List<String> args) {
        OptionSpec spec = command.findOption(option);
        boolean here = spec != null
                && defaultValue(spec) != null
                && Arrays.stream(spec.names()).noneMatch(name -> args.stream()
                        .anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "=")));
        return here ? Optional.of(path) : Optional.empty();
    }

    private static Stream<CommandSpec> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().flatMap(DefaultsFile::commands));
    }

    /** That of the command first. */
    private static Stream<String> keys(ArgSpec arg) {
        List<String> names = arg instanceof OptionSpec option
                ? Arrays.stream(option.names())
                        .map(name -> name.replaceFirst("^-+", ""))
                        .toList()
                : List.of(arg.paramLabel());
        String command = arg.command().qualifiedName(".");
        return Stream.concat(names.stream().map(name -> command + "." + name), names.stream());
    }
}
