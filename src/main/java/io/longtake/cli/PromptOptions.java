package io.longtake.cli;

import io.longtake.director.Admission;
import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.model.ModelRepository;
import io.longtake.model.Vocabulary;
import io.longtake.platform.InstalledModels;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a video is to be: the options that become a prompt event. */
final class PromptOptions {

    private static final Map<String, String> OPTION_OF_FIELD = Map.of(
            "prompt", "PROMPT",
            "negative_prompt", "--negative-prompt",
            "seconds", "--seconds",
            "guidance", "--guidance",
            "steps", "--steps",
            "codec", "--codec");

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "PROMPT", description = "What the video shows, in a few words.")
    private String prompt;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "Length of the video in seconds (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Noise seed; the same prompt, options and seed give the same video"
                    + " (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "drive",
            description = "Model (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--negative-prompt",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the video should not show; guidance steers away from it.")
    private String negativePrompt;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            description = "Guidance scale: how strongly the video follows the prompt; 1: no guidance"
                    + " (default: the model's).")
    private Double guidance;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Denoising steps of the keyframes (default: the model's).")
    private Integer steps;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            defaultValue = "h264",
            description = "h264 (.mp4), or lossless: ffv1 (.mkv), raw (.rgb, 8-bit RGB) (default: ${DEFAULT-VALUE}).")
    private String codec;

    @Mixin
    private ServerNames serverNames;

    String codec() {
        return codec;
    }

    /** Of a model that this machine has. */
    PromptEvent event() {
        return event(new InstalledModels(ModelRepository.standard()));
    }

    /**
     * The prompt event of a new video.
     *
     * @param models that it can be ordered of
     * @throws ParameterException naming option, value and limit, if the platform would refuse it
     */
    PromptEvent event(Catalogue models) {
        Catalogue.Entry entry = models.find(model)
                .orElseThrow(() -> misuse("--model " + model + " is unknown: expected one of " + models.names()));
        serverNames.requireMade(entry.manifest());
        PromptEvent event = PromptEvent.newBuilder()
                .setVideoId(UUID.randomUUID().toString())
                .setScenes(Scenes.only(new Scene(
                        prompt, negativePrompt, seed, serverNames.guidance(guidance), serverNames.steps(steps))))
                .setSeconds(serverNames.seconds(seconds, entry.manifest()))
                .setModel(model)
                .setCodec(codec)
                .build();
        List<Admission.Violation> violations = Admission.check(event, entry.manifest());
        if (!violations.isEmpty()) {
            Admission.Violation first = violations.get(0);
            throw misuse(OPTION_OF_FIELD.get(first.field()) + " " + first.problem());
        }
        return event;
    }

    /** On the side: a prompt may have them, but nothing of the video will come from them. */
    void tellUnknownWords(Catalogue models) {
        List<String> unknown = models.find(model)
                .flatMap(new InstalledWords(ModelRepository.standard())::of)
                .map(words -> Vocabulary.unknown(words, prompt + " " + negativePrompt))
                .orElse(List.of());
        if (!unknown.isEmpty()) {
            command.commandLine()
                    .getErr()
                    .println("words that model " + model + " does not know, and passes over: "
                            + String.join(", ", unknown));
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
