package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;

/** The GPU failed in a way that this process cannot recover from: CUDA answers every later call with the same error. */
public final class DeviceLostException extends EngineException {

    private static final long serialVersionUID = 1;

    DeviceLostException(String message) {
        super(message);
    }
}
