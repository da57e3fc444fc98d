package io.longtake.cli;

import io.longtake.video.Codec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
            description = "File to write: .mp4, .mkv or .rgb, to match the codec. An existing file is replaced.")
    private Path output;

    /** The file, checked for a codec before anything is started for it. */
    Path file(Codec codec) {
        String problem = OutputFile.problem(output, codec);
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

    /** The same for programs. */
    static Map<String, Object> fields(String videoId, OutputFile.Finished finished) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("video_id", videoId);
        fields.put("file", finished.path().toString());
        fields.put("frames", finished.frames());
        fields.put("bytes", finished.bytes());
        fields.put("sha256", finished.sha256());
        return fields;
    }

    /** One line about a video that is whole. */
    static String summary(OutputFile.Finished finished) {
        return String.format(
                Locale.ROOT,
                "%s %d frames %d bytes sha256 %s",
                finished.path(),
                finished.frames(),
                finished.bytes(),
                finished.sha256());
    }
}
