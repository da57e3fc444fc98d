package io.longtake.model;

/** What a stage makes of a segment, in numbers: it follows from the manifest, so a pipeline that does not fit is refused unseen. */
public sealed interface StageOutput {

    /** Latents (C, length, h, w) of the manifest's size. */
    record LatentRun(int length) implements StageOutput {}

    /** Frames (length, height, width). */
    record FrameRun(int length, int height, int width) implements StageOutput {}
}
