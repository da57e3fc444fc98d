package io.longtake.payload;

import io.longtake.event.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What a topic holds by now, committed or not. Asked only about what was not found, so it connects at the first question.
 * Whoever may not ask, or gets no answer, knows nothing and goes on waiting.
 */
final class WrittenSoFar implements AutoCloseable {

    private static final int ANSWER_MILLIS = 3_000;

    private final KafkaConnection kafka;
    private Admin admin;

    WrittenSoFar(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** Number of a topic's partitions. */
    OptionalInt partitions(String topic) {
        return answer(admin().describeTopics(List.of(topic)).topicNameValues().get(topic))
                .map(found -> OptionalInt.of(found.partitions().size()))
                .orElse(OptionalInt.empty());
    }

    /** First offset of a partition at which nothing is written yet. */
    OptionalLong end(TopicPartition partition) {
        return answer(admin().listOffsets(
                                Map.of(partition, OffsetSpec.latest()),
                                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .partitionResult(partition))
                .map(found -> OptionalLong.of(found.offset()))
                .orElse(OptionalLong.empty());
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(
                    kafka.with(Map.of("default.api.timeout.ms", ANSWER_MILLIS, "request.timeout.ms", ANSWER_MILLIS)));
        }
        return admin;
    }

    private static <T> Optional<T> answer(KafkaFuture<T> question) {
        try {
            return Optional.of(question.get());
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
