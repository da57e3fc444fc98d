package io.longtake.event;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what Kafka answers, as its clients do that wait themselves: whatever goes wrong is a {@link KafkaException}. */
public final class KafkaAnswer {

    private KafkaAnswer() {}

    /**
     * The answer to a question, or to a record that was sent.
     *
     * @throws KafkaException what Kafka refused it with
     * @throws InterruptException if this thread is interrupted; it stays so
     */
    public static <T> T of(Future<T> question) {
        try {
            return question.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
