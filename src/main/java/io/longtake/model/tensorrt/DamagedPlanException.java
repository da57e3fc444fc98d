package io.longtake.model.tensorrt;

/** A file of the plan cache is not what its name says; it can be made again. */
final class DamagedPlanException extends Exception {

    private static final long serialVersionUID = 1;

    DamagedPlanException(String message) {
        super(message);
    }
}
