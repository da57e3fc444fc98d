package io.longtake.stage;

/** A stage stopped because its video was cancelled; it left nothing behind. */
public final class StageCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StageCancelledException() {
        super("the video was cancelled");
    }
}
