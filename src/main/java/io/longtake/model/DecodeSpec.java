package io.longtake.model;

import java.util.Locale;
import java.util.Set;

/**
 * The temporal decoder: latents to frames.
 *
 * @param halo latents of the segment before that a call sees too; their frames are dropped
 * @param frameWidth of a decoded frame, pixels
 * @param frameHeight of a decoded frame, pixels
 */
public record DecodeSpec(GraphSpec graph, int halo, int frameWidth, int frameHeight) implements StageSpec {

    public DecodeSpec {
        Rule.present("graph", graph);
        Rule.between("halo", halo, 0, 64);
        Rule.between("frameWidth", frameWidth, 2, 4096);
        Rule.between("frameHeight", frameHeight, 2, 4096);
    }

    @Override
    public StageOutput output(StageOutput source, ModelManifest.Latent latent, ModelManifest.SegmentSpec segment) {
        Rule.equal("frameWidth", (long) latent.width() * latent.downsampling(), frameWidth);
        Rule.equal("frameHeight", (long) latent.height() * latent.downsampling(), frameHeight);
        if (!(source instanceof StageOutput.LatentRun latents && latents.length() >= segment.frames())) {
            throw new ManifestException(
                    String.format(Locale.ROOT, "must work on %d latents at least, found %s", segment.frames(), source));
        }
        return new StageOutput.FrameRun(segment.frames(), frameHeight, frameWidth);
    }

    @Override
    public Set<InputRole> needs() {
        return Set.of(InputRole.SOURCE);
    }

    @Override
    public Set<InputRole> takes() {
        return Set.of(InputRole.HALO);
    }
}
