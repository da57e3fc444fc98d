package io.longtake.stage;

import io.longtake.diffusion.Halo;
import io.longtake.model.DecodeSpec;
import io.longtake.model.InputRole;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Latents to frames, with the temporal decoder ([VLDM] Sec. 3.1.1): in, SOURCE and, but for the first segment, HALO (C, frames, h, w);
 * out, frames. If the model does not interpolate, both are keyframes, of which the last ones belong to the next segment.
 */
final class DecodeStage implements Stage {

    private final LoadedModel model;
    private final String name;
    private final StageOutput.LatentRun source;
    private final ModelManifest manifest;
    private final DecodeSpec spec;
    private final Halo halo;

    DecodeStage(LoadedModel model, String name) {
        this.model = model;
        this.name = name;
        this.manifest = model.manifest();
        this.spec = manifest.stages().spec(name, DecodeSpec.class);
        this.source = (StageOutput.LatentRun) manifest.source(name).orElseThrow();
        this.halo = new Halo(spec.halo());
    }

    @Override
    public StageOutputs run(StageInput input, Cancellation cancellation) {
        return run(StageBatch.of(input), cancellation).get(0);
    }

    @Override
    public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
        List<Tensor> latents =
                batch.filled(batch.inputs().stream().map(this::latents).toList());
        cancellation.check();
        Tensor frames =
                model.graph(name).run(Map.of("latent", Batch.of(latents))).get("frames");
        return Batch.entries(frames).stream()
                .limit(batch.inputs().size())
                .map(entry -> StageOutputs.of(Pixels.frames(halo.drop(entry))))
                .toList();
    }

    private Tensor latents(StageInput input) {
        Inputs inputs = new Inputs(input);
        Tensor source = latents(inputs, InputRole.SOURCE);
        Tensor before = inputs.follows(InputRole.HALO) ? latents(inputs, InputRole.HALO) : null;
        return unscaled(halo.extend(source, before));
    }

    private Tensor latents(Inputs inputs, InputRole role) {
        ModelManifest.Latent latent = manifest.latent();
        return inputs.tensor(role, latent.channels(), source.length(), latent.height(), latent.width())
                .slice(1, 0, manifest.segment().frames());
    }

    /** Divided by the scale that brought the encoder's latents to unit variance; in place. */
    private Tensor unscaled(Tensor latents) {
        float scale = (float) manifest.latent().scale();
        float[] data = latents.data();
        for (int i = 0; i < data.length; i++) {
            data[i] /= scale;
        }
        return latents;
    }
}
