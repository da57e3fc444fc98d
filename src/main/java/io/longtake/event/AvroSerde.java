package io.longtake.event;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** One kind of record for Kafka; see {@link Wire}. */
public record AvroSerde<T extends SpecificRecordBase>(Class<T> kind) implements Serde<T> {

    @Override
    public Serializer<T> serializer() {
        return (topic, record) -> record == null ? null : Wire.encode(record);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : Wire.decode(bytes, kind);
    }
}
