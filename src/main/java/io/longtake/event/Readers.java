package io.longtake.event;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/** Consumers that choose their partitions themselves, and are in no group. */
public final class Readers {

    private Readers() {}

    /**
     * Closes one at once. By default it would wait for the fetch that is under way (as long as fetch.max.wait.ms, or until Kafka
     * comes back), but there is no group that has to hear of its end.
     */
    public static void close(Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
