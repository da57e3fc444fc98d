package io.longtake.cli;

import io.longtake.library.LocalVideoStore;
import io.longtake.library.Patience;
import io.longtake.library.S3Location;
import io.longtake.library.S3VideoStore;
import io.longtake.library.VideoStore;
import io.longtake.platform.DataDirectory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where videos are kept as files. */
final class LibraryOption {

    static final String VARIABLE = "LONGTAKE_LIBRARY";

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--library",
            paramLabel = "DIR|s3://BUCKET/PREFIX",
            defaultValue = "${env:" + VARIABLE + "}",
            description = "Where videos are kept: a directory, or a bucket that several servers may share, with"
                    + " ?endpoint=URL for a store that is not Amazon's (or environment variable " + VARIABLE
                    + "; default: library in the data directory).")
    private String library;

    /**
     * Opens it.
     *
     * @param patience with a bucket that is away
     * @throws ParameterException if it is neither a directory nor a bucket's address
     * @throws java.io.UncheckedIOException if nothing can be kept there
     */
    VideoStore open(DataDirectory data, Patience patience) {
        if (library == null || library.isBlank()) {
            return new LocalVideoStore(data.library());
        }
        try {
            if (library.startsWith("s3:")) {
                return S3VideoStore.open(S3Location.parse(library), patience);
            }
            if (library.contains("://")) {
                throw new IllegalArgumentException(library + ": expected a directory, or s3://BUCKET/PREFIX");
            }
            return new LocalVideoStore(Path.of(library));
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    command.commandLine(), "--library: no such directory can be: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--library: " + e.getMessage());
        }
    }
}
