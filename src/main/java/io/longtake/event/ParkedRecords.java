package io.longtake.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Puts a record that is newer than its reader aside, whole: it is sent again, as it was, once there is a reader that knows it.
 * What does not fit into a record with its place and its headers cannot be parked ({@link Wire#LIMIT}).
 */
public final class ParkedRecords {

    private ParkedRecords() {}

    /**
     * @param reader whose it is
     * @param at its time, if that can be true
     * @param fingerprint of the schema that has to be known for it
     */
    public static ParkedRecord of(
            String reader,
            DeadLetters.Place place,
            String key,
            byte[] value,
            Headers headers,
            Instant at,
            long fingerprint) {
        List<ParkedHeader> kept = new ArrayList<>();
        for (Header header : headers) {
            kept.add(new ParkedHeader(header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value())));
        }
        return ParkedRecord.newBuilder()
                .setReader(reader)
                .setTopic(place.topic())
                .setPartition(place.partition())
                .setOffset(place.offset())
                .setKey(key)
                .setValue(ByteBuffer.wrap(value))
                .setHeaders(kept)
                .setTimestamp(at)
                .setFingerprint(fingerprint)
                .build();
    }

    /**
     * The record as it was.
     *
     * @param partition to send it to; null: by its key
     */
    public static Outgoing again(ParkedRecord parked, Integer partition) {
        List<Header> headers = new ArrayList<>();
        for (ParkedHeader header : parked.getHeaders()) {
            headers.add(new RecordHeader(header.getKey(), header.getValue() == null ? null : bytes(header.getValue())));
        }
        return new Outgoing(
                parked.getTopic(),
                partition,
                parked.getTimestamp().toEpochMilli(),
                parked.getKey(),
                bytes(parked.getValue()),
                new RecordHeaders(headers));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
