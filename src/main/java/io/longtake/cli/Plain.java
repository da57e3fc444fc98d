package io.longtake.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How options are read, so that what is wrong with one is said in plain words and not in those of Java's types. */
final class Plain {

    private Plain() {}

    /** For a command and those below it. */
    static void register(CommandLine command) {
        command.registerConverter(Integer.class, whole(Integer::valueOf))
                .registerConverter(int.class, whole(Integer::valueOf))
                .registerConverter(Long.class, whole(Long::valueOf))
                .registerConverter(long.class, whole(Long::valueOf))
                .registerConverter(Double.class, number(Double::valueOf))
                .registerConverter(double.class, number(Double::valueOf))
                .registerConverter(Path.class, Plain::path);
    }

    private static <T> ITypeConverter<T> whole(Function<String, T> read) {
        return value -> {
            try {
                return read.apply(value.strip());
            } catch (NumberFormatException e) {
                boolean digits = value.strip().matches("[+-]?[0-9]+");
                throw new TypeConversionException(digits ? "is too large a number" : "is not a whole number");
            }
        };
    }

    private static <T> ITypeConverter<T> number(Function<String, T> read) {
        return value -> {
            try {
                return read.apply(value.strip());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("is not a number");
            }
        };
    }

    private static Path path(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("cannot be the name of a file: " + e.getReason());
        }
    }
}
