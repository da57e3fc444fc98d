package io.longtake.stage;

/** Says whether to stop. Asked before every call of a network, so by the thread that runs the stage. */
@FunctionalInterface
public interface Cancellation {

    /** Never stops. */
    Cancellation NEVER = () -> false;

    boolean isCancelled();

    /** Returns, or throws {@link StageCancelledException}. */
    default void check() {
        if (isCancelled()) {
            throw new StageCancelledException();
        }
    }
}
