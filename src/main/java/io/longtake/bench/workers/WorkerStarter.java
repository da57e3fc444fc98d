package io.longtake.bench.workers;

import io.longtake.event.KafkaConnection;
import java.util.function.Consumer;

/** Starts a worker whose device is simulated, in this process or in one of its own. */
@FunctionalInterface
public interface WorkerStarter {

    /** A worker until it is closed. */
    interface Started extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Starts one.
     *
     * @param calls told of each call of its device
     * @param lost told why, if it ends before it is closed
     */
    Started start(String name, KafkaConnection kafka, Consumer<DeviceCall> calls, Consumer<String> lost);
}
