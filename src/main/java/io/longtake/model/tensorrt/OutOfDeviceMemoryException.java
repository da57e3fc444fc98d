package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;

/** The GPU's memory is full. The device works on: a smaller batch may fit. */
public final class OutOfDeviceMemoryException extends EngineException {

    private static final long serialVersionUID = 1;

    OutOfDeviceMemoryException(String message) {
        super(message);
    }
}
