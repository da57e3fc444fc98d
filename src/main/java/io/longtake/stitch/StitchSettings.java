package io.longtake.stitch;

import java.time.Duration;

/**
 * What the stitcher puts up with.
 *
 * @param maxAhead how far beyond the video's next segment a batch may be
 * @param maxWaitingChunks chunks of a video that may wait for their turn; those of the next segment always may
 * @param maxCopies copies of a batch, each described otherwise, that may wait at once; of more, the one begun first is given up
 * @param silence after which a video is forgotten, finished or not; not below what {@code longtake.frames} retains, or
 *     what is left of a video could be taken for another
 */
public record StitchSettings(int maxAhead, int maxWaitingChunks, int maxCopies, Duration silence) {

    public static final StitchSettings DEFAULT = new StitchSettings(64, 8192, 4, Duration.ofDays(7));

    public StitchSettings {
        atLeastOne("segments ahead", maxAhead);
        atLeastOne("waiting chunks", maxWaitingChunks);
        atLeastOne("copies", maxCopies);
        if (silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("silence: expected more than nothing, got " + silence);
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": expected at least 1, got " + value);
        }
    }
}
