package io.longtake.worker;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.Outgoing;
import io.longtake.event.PayloadRef;
import io.longtake.payload.PayloadCache;
import io.longtake.payload.PayloadWriter;
import io.longtake.tensor.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What is sent in one transaction, until it is known to have arrived. */
final class Transaction {

    private final Producer<String, byte[]> producer;
    private final PayloadCache cache;
    private final List<Future<RecordMetadata>> onTheirWay = new ArrayList<>();

    Transaction(Producer<String, byte[]> producer, PayloadCache cache) {
        this.producer = producer;
        this.cache = cache;
    }

    void send(Outgoing record) {
        onTheirWay.add(producer.send(record.toProduce()));
    }

    /** Writes a payload, and returns when it has arrived. */
    PayloadRef write(String videoId, Content content, CarriedHeaders cause) {
        return new PayloadWriter(producer, cache).write(videoId, content, cause);
    }

    /**
     * The position of a consumer's group, committed with all of this.
     *
     * @throws KafkaException if the member is no longer what it believes to be
     */
    void commit(TopicPartition partition, OffsetAndMetadata position, ConsumerGroupMetadata member) {
        producer.sendOffsetsToTransaction(Map.of(partition, position), member);
    }

    /**
     * Returns when everything has arrived. A commit does not wait for that by itself: the producer looks whether anything is
     * on its way before it looks what it is asked for, and a record that is sent between the two looks misses its transaction.
     *
     * @throws KafkaException if something has not
     */
    void arrive() {
        producer.flush();
        onTheirWay.forEach(KafkaAnswer::of);
    }
}
