package io.longtake.broker;

import io.longtake.event.KafkaAnswer;
import java.util.Optional;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What Kafka says of a group. A group is there only once its first member has joined, which comes after the start of that member. */
public final class GroupAnswer {

    private GroupAnswer() {}

    /** Empty if nobody has joined yet. */
    public static <T> Optional<T> of(KafkaFuture<T> description) {
        try {
            return Optional.of(KafkaAnswer.of(description));
        } catch (GroupIdNotFoundException e) {
            return Optional.empty();
        }
    }
}
