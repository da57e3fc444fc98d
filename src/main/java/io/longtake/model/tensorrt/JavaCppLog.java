package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's messages. It takes one logger for the whole process, and keeps it. The last error explains a call that gave
 * nothing back; TensorRT reports it on the calling thread, mostly.
 */
final class JavaCppLog extends ILogger {

    static final JavaCppLog INSTANCE = new JavaCppLog();

    private static final Logger LOG = LoggerFactory.getLogger(TensorRt.class);

    /** What TensorRT says at its most talkative before it tries the kernels of a layer. */
    private static final String TIMING = "Computing costs for ";

    private final ThreadLocal<String> own = new ThreadLocal<>();
    private volatile String last;
    private volatile BuildListener build = BuildListener.SILENT;

    private JavaCppLog() {}

    /** Whom to tell of a build's steps: its own interface for that, IProgressMonitor, cannot be implemented in Java. */
    void follow(BuildListener listener) {
        build = listener;
    }

    @Override
    public void log(Severity severity, String message) {
        try {
            switch (severity.intern()) {
                case kINTERNAL_ERROR, kERROR -> {
                    own.set(message);
                    last = message;
                    LOG.error("{}", message);
                }
                case kWARNING -> LOG.warn("{}", message);
                case kINFO -> LOG.debug("{}", message);
                default -> {
                    int at = message.indexOf(TIMING);
                    if (at >= 0) {
                        build.timed(message.substring(at + TIMING.length()));
                    }
                    LOG.trace("{}", message);
                }
            }
        } catch (RuntimeException e) {
            // Must not reach TensorRT: its callers are noexcept, and the process would end.
            LOG.debug("a message of TensorRT was lost", e);
        }
    }

    /** Forgets errors of earlier calls on this thread. */
    void clear() {
        own.remove();
        last = null;
    }

    <P extends Pointer> P need(P result, String what) {
        if (JavaCppAddress.isNothing(result)) {
            throw failure(what);
        }
        return result;
    }

    void need(boolean done, String what) {
        if (!done) {
            throw failure(what);
        }
    }

    private EngineException failure(String what) {
        String reason = own.get() == null ? last : own.get();
        clear();
        String message = "TensorRT: " + what + " failed: " + (reason == null ? "it gives no reason" : reason);
        return CudaFailure.saysOutOfMemory(message)
                ? new OutOfDeviceMemoryException(message + ". Make the batch or the picture smaller")
                : new EngineException(message);
    }
}
