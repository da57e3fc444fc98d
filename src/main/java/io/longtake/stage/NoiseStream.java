package io.longtake.stage;

import io.longtake.diffusion.Noise;

/** What noise is for; the number is part of every film, so it never changes. */
enum NoiseStream {
    KEYFRAMES(1),
    INTERPOLATE(2),
    UPSAMPLE(4),
    /** The noise on the low-resolution frames that the upsampler sees. */
    AUGMENTATION(5);

    private final int number;

    NoiseStream(int number) {
        this.number = number;
    }

    Noise of(long seed) {
        return new Noise(seed, number);
    }
}
