package io.longtake.model;

import ai.djl.engine.EngineException;

/** What a call that failed says of the device, as far as one can tell without knowing the engine. */
public enum DeviceFault {
    /** Nothing: the fault lies with the input, or elsewhere. */
    NONE,
    /** It has too little memory for so large a call; a smaller one may fit. */
    OUT_OF_MEMORY,
    /** The engine failed, of the input or of the device. */
    ENGINE;

    /** The engine for GPUs stands apart from this house, which is not linked with it: its exception is known by its whole name. */
    static final String OUT_OF_MEMORY_NAME = "io.longtake.model.tensorrt.OutOfDeviceMemoryException";

    /** The fault that an exception, or one of its causes, tells of. */
    public static DeviceFault of(Throwable exception) {
        DeviceFault found = NONE;
        for (Throwable e = exception; e != null; e = e.getCause()) {
            if (e.getClass().getName().equals(OUT_OF_MEMORY_NAME)) {
                return OUT_OF_MEMORY;
            }
            if (e instanceof EngineException) {
                found = ENGINE;
            }
        }
        return found;
    }
}
