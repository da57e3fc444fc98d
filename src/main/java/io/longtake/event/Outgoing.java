package io.longtake.event;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/**
 * A record on its way out. Every record of ours leaves as one, through a producer or a Streams topology: here it is decided what is
 * in it besides its value. It is encoded already, so what no broker would take shows before anything is sent.
 *
 * @param topic name of its topic
 * @param partition null: by its key
 * @param timestamp null: when it is sent
 * @param value null: a tombstone
 * @param headers for this record alone
 */
public record Outgoing(String topic, Integer partition, Long timestamp, String key, byte[] value, Headers headers) {

    /** Key, value and headers of a record that any broker takes, and any producer: the lesser limit is 1 MiB, overhead included. */
    private static final int FITS = (1 << 20) - 512;

    /** @throws OversizedRecordException if no broker would take it */
    public static Outgoing of(Topic topic, String key, SpecificRecordBase record) {
        return new Outgoing(topic.topicName(), null, null, key, Wire.encode(record), new RecordHeaders());
    }

    /** Under the letter's key, which is cut: that of the record may be as large as a record. */
    public static Outgoing of(DeadLetter letter) {
        return of(Topic.DEAD_LETTERS, letter.getKey(), letter);
    }

    /** @throws OversizedRecordException if it is too large to be parked */
    public static Outgoing of(ParkedRecord parked) {
        return new Outgoing(
                Topic.PARKED.topicName(),
                parked.getPartition(),
                null,
                ParkedKey.of(parked).toString(),
                Wire.encode(parked),
                new RecordHeaders());
    }

    /** A record that lies in a topic once more, as it is. */
    public static Outgoing again(ConsumerRecord<String, byte[]> record) {
        return new Outgoing(
                record.topic(),
                record.partition(),
                null,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()));
    }

    /** A record for its video's home partition, as it is: it was sent to another one. */
    public static Outgoing home(Topic topic, Partitioning partitions, String key, byte[] value, Headers headers) {
        return new Outgoing(topic.topicName(), partitions.home(key), null, key, value, new RecordHeaders(headers));
    }

    /** Says that a parked record was taken up. */
    public static Outgoing tombstone(ParkedKey parked) {
        return new Outgoing(
                Topic.PARKED.topicName(), parked.partition(), null, parked.toString(), null, new RecordHeaders());
    }

    /** The same, with the headers of what caused it; without them if there is no room in the record. */
    public Outgoing causedBy(CarriedHeaders cause) {
        int bytes = (key == null ? 0 : Utils.utf8Length(key)) + (value == null ? 0 : value.length) + cause.bytes();
        return bytes > FITS ? this : new Outgoing(topic, partition, timestamp, key, value, cause.copy());
    }

    /** For a producer. */
    public ProducerRecord<String, byte[]> toProduce() {
        return new ProducerRecord<>(topic, partition, timestamp, key, value, headers);
    }
}
