package io.longtake.cli;

import io.longtake.video.Codec;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the film goes. */
final class OutputOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The film: .mp4, .mkv or .rgb as the codec has it. Replaced if it exists.")
    private Path output;

    /** The file, checked for a codec before anything is started for it. */
    Path file(Codec codec) {
        String problem = FilmFile.problem(output, codec);
        if (problem != null) {
            throw new ParameterException(command.commandLine(), problem);
        }
        return output;
    }

    /** The file, whose codec its name tells. */
    Path file() {
        for (Codec codec : Codec.values()) {
            if (output.toString().endsWith(codec.extension())) {
                return file(codec);
            }
        }
        return file(Codec.H264);
    }

    /** One line about a film that is whole. */
    static String summary(FilmFile.Finished film) {
        return String.format(
                Locale.ROOT,
                "%s %d frames %d bytes sha256 %s",
                film.path(),
                film.frames(),
                film.bytes(),
                film.sha256());
    }
}
