package io.longtake.cli;

import io.longtake.video.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the video goes. */
final class OutputOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description =
                    "File to write: .mp4, .mkv or .rgb, to match the codec; - is standard output. An existing file is"
                            + " replaced when the video is whole; a pipe or a device gets the video as it comes.")
    private Path output;

    /** Checks the file for a video of a codec, before anything is started for it. */
    Path file(Codec codec) {
        requireName();
        if (!isStream() && !codec.isNameOfFile(output)) {
            throw misuse("must end in " + codec.extension() + ", as the video's codec is " + codec.wireName());
        }
        return file();
    }

    /** Checks the file for a video of which nothing is known yet. */
    Path file() {
        if (isStream()) {
            return output;
        }
        requireName();
        Path folder = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output)) {
            throw misuse("is a directory: expected a file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw misuse(": there is no directory " + folder);
        }
        return output;
    }

    /**
     * Opens it.
     *
     * @throws ParameterException naming it and what is wrong, if it cannot be written
     */
    OutputFile open() {
        try {
            return new OutputFile(OutputPlace.open(output));
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--output: " + e.getMessage());
        }
    }

    /** What is told of a video that is whole, out of the way of the video itself. */
    void tell(String videoId, OutputFile.Finished finished, JsonOption json) {
        CommandLine line = command.commandLine();
        json.print(
                isStandardOutput() ? line.getErr() : line.getOut(),
                fields(videoId, finished),
                out -> out.println(summary(finished)));
    }

    /** Java takes a name without a letter for the working directory. */
    private void requireName() {
        if (output.toString().isEmpty()) {
            throw new ParameterException(command.commandLine(), "--output '' is empty: expected the name of a file");
        }
    }

    /** Standard output, a pipe or a device: its name says nothing of what is written to it. */
    private boolean isStream() {
        return isStandardOutput()
                || (Files.exists(output) && !Files.isRegularFile(output) && !Files.isDirectory(output));
    }

    private boolean isStandardOutput() {
        return OutputPlace.isStandardOutput(output);
    }

    private ParameterException misuse(String problem) {
        String space = problem.startsWith(":") ? "" : " ";
        return new ParameterException(command.commandLine(), "--output " + output + space + problem);
    }

    /** What is told to programs. */
    private static Map<String, Object> fields(String videoId, OutputFile.Finished finished) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("video_id", videoId);
        fields.put("file", finished.path().toString());
        fields.put("frames", finished.frames());
        fields.put("bytes", finished.bytes());
        fields.put("sha256", finished.sha256());
        return fields;
    }

    /** One line about a video that is whole. */
    private static String summary(OutputFile.Finished finished) {
        return String.format(
                Locale.ROOT,
                "%s %d frames %d bytes sha256 %s",
                finished.path(),
                finished.frames(),
                finished.bytes(),
                finished.sha256());
    }
}
