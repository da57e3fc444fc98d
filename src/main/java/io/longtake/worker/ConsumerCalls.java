package io.longtake.worker;

import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of a consumer of tasks. */
final class ConsumerCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerCalls.class);

    private ConsumerCalls() {}

    /** A consumer that has lost track of its tasks says so by the wrong exception. A new one has not. */
    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalStateException e) {
            throw lost(e);
        }
    }

    static void run(Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException e) {
            throw lost(e);
        }
    }

    private static KafkaException lost(IllegalStateException e) {
        return new KafkaException("the consumer of tasks lost track of them: " + e.getMessage(), e);
    }

    /** Takes its time even if the thread was interrupted, or others would not hear that they may have the tasks. */
    static void close(Runnable close) {
        boolean interrupted = Thread.interrupted();
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.warn("the consumer of tasks closed badly: {}", e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
