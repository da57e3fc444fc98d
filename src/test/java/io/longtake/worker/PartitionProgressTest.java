package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.payload.PayloadCache;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Positions and tries of a partition's tasks, whatever order they are done in. */
class PartitionProgressTest {

    private static final TopicPartition PARTITION = new TopicPartition("tasks", 2);
    private static final ConsumerGroupMetadata MEMBER = new MockConsumer<String, byte[]>("earliest").groupMetadata();

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Transaction transaction = new Transaction(producer, PayloadCache.none());

    @BeforeEach
    void begin() {
        producer.initTransactions();
        producer.beginTransaction();
    }

    @Test
    void a_later_task_that_is_done_first_does_not_carry_the_position_past_an_earlier_one() {
        PartitionProgress progress = fresh();
        progress.begin(5);
        progress.begin(6);

        assertThat(progress.sign(6, transaction, MEMBER).offset()).isEqualTo(5);
        progress.done(6);

        assertThat(progress.sign(5, transaction, MEMBER).offset()).isEqualTo(7);
    }

    @Test
    void what_is_read_again_because_an_earlier_task_was_given_back_is_not_done_again() {
        PartitionProgress progress = fresh();
        progress.begin(5);
        progress.begin(6);
        progress.done(6);

        assertThat(progress.position()).isEqualTo(5);
        assertThat(progress.begin(5)).hasValue(2);
        assertThat(progress.begin(6)).isEmpty();
        assertThat(progress.begin(7)).hasValue(1);
    }

    @Test
    void the_next_owner_knows_how_often_a_task_was_tried() {
        PartitionProgress dying = fresh();
        dying.begin(5);
        dying.begin(6);

        PartitionProgress next = new PartitionProgress(PARTITION, dying.state());

        assertThat(next.begin(5)).hasValue(2);
        assertThat(next.begin(6)).hasValue(2);
        assertThat(next.begin(7)).hasValue(1);
    }

    @Test
    void a_try_that_a_stopping_worker_broke_off_does_not_count() {
        PartitionProgress stopping = fresh();
        stopping.begin(5);
        stopping.untouched(5);

        assertThat(new PartitionProgress(PARTITION, stopping.state()).begin(5)).hasValue(1);
    }

    @Test
    void nothing_is_committed_of_a_partition_that_is_lost() {
        PartitionProgress progress = fresh();
        progress.begin(5);
        progress.lose();

        assertThatThrownBy(() -> progress.sign(5, transaction, MEMBER))
                .isInstanceOf(LostTaskException.class)
                .hasMessage("tasks-2@5 has gone to another worker");
        assertThat(producer.sentOffsets()).isFalse();
    }

    @Test
    void what_anybody_has_written_beside_a_position_says_nothing() {
        OffsetAndMetadata written = new OffsetAndMetadata(5, Optional.empty(), "5: many, 99999999999999999999:1");

        assertThat(new PartitionProgress(PARTITION, written).begin(5)).hasValue(1);
    }

    private static PartitionProgress fresh() {
        return new PartitionProgress(PARTITION, null);
    }
}
