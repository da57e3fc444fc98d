package io.longtake.stage;

import io.longtake.event.Scene;
import io.longtake.model.InputRole;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/** Inputs of the right shape that show nothing, for the first segment of no video. */
record WarmUp(ModelManifest manifest) {

    StageInput of(String stage) {
        Optional<Content> source = manifest.source(stage).map(this::blank);
        Scene scene = Scene.newBuilder()
                .setPrompt("")
                .setGuidance(manifest.stages().keyframes().guidance())
                .setSteps(1)
                .build();
        return new StageInput(
                stage,
                0,
                scene,
                source.map(made -> Map.of(InputRole.SOURCE, made)).orElse(Map.of()));
    }

    private Content blank(StageOutput output) {
        if (output instanceof StageOutput.LatentRun latents) {
            ModelManifest.Latent latent = manifest.latent();
            return Tensor.zeros(latent.channels(), latents.length(), latent.height(), latent.width());
        }
        StageOutput.FrameRun frames = (StageOutput.FrameRun) output;
        int bytes = frames.length() * frames.height() * frames.width() * 3;
        return new Frames(frames.length(), frames.height(), frames.width(), new byte[bytes]);
    }
}
