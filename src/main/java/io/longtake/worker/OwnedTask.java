package io.longtake.worker;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * A task of a partition that this worker has: ours as long as the partition is.
 *
 * @param member who we are in the group, as of the last poll
 */
record OwnedTask(
        ConsumerRecord<String, byte[]> record,
        int count,
        PartitionProgress partition,
        Supplier<ConsumerGroupMetadata> member)
        implements TakenTask {

    @Override
    public boolean isInHand() {
        return true;
    }

    @Override
    public boolean isLost() {
        return partition.isLost();
    }

    /** The position after it: Kafka takes it only from the partition's owner. */
    @Override
    public Receipt receipt() {
        return new Receipt() {
            private OffsetAndMetadata signed;

            @Override
            public void sign(Transaction transaction) {
                signed = partition.sign(record.offset(), transaction, member.get());
            }

            @Override
            public void committed() {
                partition.done(record.offset());
                partition.committed(signed);
            }
        };
    }
}
