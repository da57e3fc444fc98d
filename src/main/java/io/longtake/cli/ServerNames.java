package io.longtake.cli;

import io.longtake.model.ModelManifest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * What open servers call the options of a prompt (vLLM-Omni, SGLang), taken beside our own names; help shows ours alone. Of
 * HTTP, {@code api.VideoRequest} takes the same.
 */
final class ServerNames {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"--guidance-scale", "--guidance_scale"},
            hidden = true)
    private Double guidanceScale;

    @Option(
            names = {"--num-inference-steps", "--num_inference_steps"},
            hidden = true)
    private Integer numInferenceSteps;

    @Option(
            names = {"--num-frames", "--num_frames"},
            hidden = true)
    private Integer numFrames;

    @Option(names = "--fps", hidden = true)
    private Integer fps;

    @Option(names = "--width", hidden = true)
    private Integer width;

    @Option(names = "--height", hidden = true)
    private Integer height;

    @Option(names = "--size", hidden = true)
    private String size;

    Double guidance(Double ours) {
        requireOneOf("--guidance-scale", guidanceScale, "--guidance");
        return guidanceScale == null ? ours : guidanceScale;
    }

    Integer steps(Integer ours) {
        requireOneOf("--num-inference-steps", numInferenceSteps, "--steps");
        return numInferenceSteps == null ? ours : numInferenceSteps;
    }

    double seconds(double ours, ModelManifest model) {
        requireOneOf("--num-frames", numFrames, "--seconds");
        if (numFrames == null) {
            return ours;
        }
        long longest =
                (long) Math.floor(model.limits().seconds() * model.video().fps());
        if (numFrames < 1 || numFrames > longest) {
            throw misuse("--num-frames " + numFrames + " is outside 1 .. " + longest);
        }
        return (double) numFrames / model.video().fps();
    }

    /** @throws ParameterException if the model makes no videos of that size or rate */
    void requireMade(ModelManifest model) {
        requireMade("--fps", fps, model.video().fps(), model);
        requireMade("--width", width, model.video().width(), model);
        requireMade("--height", height, model.video().height(), model);
        requireMade("--size", size, model.video().width() + "x" + model.video().height(), model);
    }

    private void requireMade(String option, Object given, Object made, ModelManifest model) {
        if (given != null && !given.equals(made)) {
            throw misuse(option + " must be " + made + ": model " + model.name() + " makes no other");
        }
    }

    private void requireOneOf(String option, Object given, String ours) {
        if (given != null && command.commandLine().getParseResult().hasMatchedOption(ours)) {
            throw misuse(option + " cannot stand beside " + ours + ", which says the same");
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
