package io.longtake.stage;

import io.longtake.event.StageName;
import io.longtake.model.DecodeSpec;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.Map;

/** Inputs of the right shape that show nothing, for the first segment of no video. */
record WarmUp(ModelManifest manifest) {

    StageInput of(StageName stage) {
        Map<InputRole, Content> inputs =
                switch (stage) {
                    case KEYFRAMES -> Map.of();
                    case INTERPOLATE -> Map.of(
                            InputRole.SOURCE, latents(manifest.segment().keyframes()));
                    case DECODE -> Map.of(InputRole.SOURCE, latents(decoded()));
                    case UPSAMPLE -> Map.of(InputRole.SOURCE, frames());
                };
        double guidance = manifest.stages().keyframes().guidance();
        return new StageInput(stage, 0, 0, "", "", guidance, 1, inputs);
    }

    private int decoded() {
        return manifest.stages().interpolate() == null
                ? manifest.segment().keyframes()
                : manifest.segment().frames();
    }

    private Tensor latents(int count) {
        ModelManifest.Latent latent = manifest.latent();
        return Tensor.zeros(latent.channels(), count, latent.height(), latent.width());
    }

    private Frames frames() {
        DecodeSpec decode = manifest.stages().decode();
        int count = manifest.segment().frames();
        return new Frames(
                count,
                decode.frameHeight(),
                decode.frameWidth(),
                new byte[count * decode.frameHeight() * decode.frameWidth() * 3]);
    }
}
