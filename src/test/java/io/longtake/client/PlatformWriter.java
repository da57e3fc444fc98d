package io.longtake.client;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.payload.FrameBatch;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a platform would say of a video, in transactions as it does. */
public final class PlatformWriter implements AutoCloseable {

    private final String videoId;
    private final KafkaProducer<String, byte[]> producer;

    public PlatformWriter(KafkaConnection kafka, String videoId) {
        this.videoId = videoId;
        this.producer = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "platform-" + UUID.randomUUID())),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    public void committed(Topic topic, SpecificRecordBase... records) {
        committed(() -> {
            for (SpecificRecordBase record : records) {
                write(topic, videoId, Wire.encode(record));
            }
        });
    }

    public void committed(FrameBatch batch) {
        committed(Topic.FRAMES, batch.toChunks().toArray(SpecificRecordBase[]::new));
    }

    void committed(Runnable writes) {
        producer.beginTransaction();
        writes.run();
        producer.flush(); // a commit alone may overtake what was sent last
        producer.commitTransaction();
    }

    void aborted(Runnable writes) {
        producer.beginTransaction();
        writes.run();
        producer.flush();
        producer.abortTransaction();
    }

    void write(Topic topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.topicName(), key, value));
    }

    void write(Topic topic, SpecificRecordBase record) {
        write(topic, videoId, Wire.encode(record));
    }

    void writeAt(Instant time, Topic topic, SpecificRecordBase record) {
        producer.send(new ProducerRecord<>(topic.topicName(), null, time.toEpochMilli(), videoId, Wire.encode(record)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
