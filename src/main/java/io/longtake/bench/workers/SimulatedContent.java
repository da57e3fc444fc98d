package io.longtake.bench.workers;

import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * What simulated devices make. Frames are a pattern that moves, with some noise, so that the encoder has the work, and the packets
 * about the size, that it has with frames of a model; of black ones it would make next to nothing.
 */
final class SimulatedContent {

    /** Amplitude of the noise, of 255. */
    private static final int NOISE = 15;

    /** Pixels that the pattern moves from frame to frame. */
    private static final int PAN = 3;

    private SimulatedContent() {}

    static Frames frames(StageOutput.FrameRun size) {
        SplittableRandom random = new SplittableRandom(0);
        byte[] rgb = new byte[size.length() * size.height() * size.width() * 3];
        int at = 0;
        for (int frame = 0; frame < size.length(); frame++) {
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    double wave = Math.sin((x + PAN * frame) / 17.0) * Math.cos(y / 13.0);
                    int grey = (int) (128 + 90 * wave);
                    for (int colour = 0; colour < 3; colour++) {
                        rgb[at++] = (byte) (grey + random.nextInt(NOISE));
                    }
                }
            }
        }
        return new Frames(size.length(), size.height(), size.width(), rgb);
    }

    static Tensor latents(StageOutput.LatentRun run, ModelManifest.Latent latent) {
        SplittableRandom random = new SplittableRandom(0);
        Tensor tensor = Tensor.zeros(latent.channels(), run.length(), latent.height(), latent.width());
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = (float) random.nextDouble();
        }
        return tensor;
    }
}
