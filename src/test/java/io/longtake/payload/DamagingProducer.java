package io.longtake.payload;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Flips a bit of the last byte of one of the records that it passes on, where a chunk's data lies. */
final class DamagingProducer extends MockProducer<String, byte[]> {

    private final Producer<String, byte[]> behind;
    private int before;

    DamagingProducer(Producer<String, byte[]> behind, int damaged) {
        this.behind = behind;
        this.before = damaged;
    }

    @Override
    public void beginTransaction() {
        behind.beginTransaction();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        if (before-- == 0) {
            record.value()[record.value().length - 1] ^= 1;
        }
        return behind.send(record);
    }

    @Override
    public void flush() {
        behind.flush();
    }

    @Override
    public void commitTransaction() {
        behind.commitTransaction();
    }
}
