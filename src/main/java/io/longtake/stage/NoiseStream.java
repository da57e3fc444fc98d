package io.longtake.stage;

import io.longtake.diffusion.Noise;

/** What noise is for; the number is part of every video, so it never changes. */
enum NoiseStream {
    KEYFRAMES(1),
    INTERPOLATE(2),
    UPSAMPLE(4),
    /** The noise on the low-resolution frames that the upsampler sees. */
    AUGMENTATION(5);

    private static final int PASS_BITS = 8;
    private static final int TURN_BITS = 12;

    private final int number;

    NoiseStream(int number) {
        this.number = number;
    }

    Noise of(long seed) {
        return of(seed, 0);
    }

    /** Noise of one of several stages of a kind: the first of the pipeline has turn 0, and noise as if it were the only one. */
    Noise ofTurn(long seed, int turn) {
        return new Noise(seed, turn << TURN_BITS | number);
    }

    /** Noise of a pass of a stage that runs in several, from 0. */
    Noise of(long seed, int pass) {
        return new Noise(seed, pass << PASS_BITS | number);
    }
}
