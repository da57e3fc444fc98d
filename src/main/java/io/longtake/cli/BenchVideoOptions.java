package io.longtake.cli;

import io.longtake.director.Admission;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.model.UnknownModelException;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The video that a benchmark makes: what it shows matters little. */
final class BenchVideoOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROMPT",
            defaultValue = "a drive at night in heavy traffic",
            description = "What the video shows (default: ${DEFAULT-VALUE}).")
    private String prompt;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Noise seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String model;

    String prompt() {
        return prompt;
    }

    String model() {
        return model;
    }

    /**
     * The prompt event.
     *
     * @param seconds of video
     * @throws ParameterException naming option, value and limit, if the platform would refuse it
     */
    PromptEvent event(double seconds) {
        PromptEvent event = PromptEvent.newBuilder()
                .setVideoId(UUID.randomUUID().toString())
                .setScenes(Scenes.only(new Scene(prompt, "", seed, null, null)))
                .setSeconds(seconds)
                .setModel(model)
                .setCodec("h264")
                .build();
        List<Admission.Violation> violations = Admission.check(event, find());
        if (!violations.isEmpty()) {
            Admission.Violation first = violations.get(0);
            String option = first.field().equals("prompt") ? "PROMPT" : "--" + first.field();
            throw new ParameterException(command.commandLine(), option + " " + first.problem());
        }
        return event;
    }

    private ModelManifest find() {
        ModelRepository models = ModelRepository.standard();
        try {
            return models.find(model).manifest();
        } catch (UnknownModelException e) {
            throw new ParameterException(
                    command.commandLine(), "--model " + model + " is unknown: expected one of " + models.names());
        }
    }
}
