package io.longtake.stitch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A copy's offsets in the store: eight bytes a chunk. */
final class BatchCopySerde implements Serde<BatchCopy> {

    @Override
    public Serializer<BatchCopy> serializer() {
        return (topic, copy) -> copy == null ? null : write(copy);
    }

    @Override
    public Deserializer<BatchCopy> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(ByteBuffer.wrap(bytes));
    }

    private static byte[] write(BatchCopy copy) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * copy.offsets().size());
        copy.offsets().forEach(bytes::putLong);
        return bytes.array();
    }

    private static BatchCopy read(ByteBuffer bytes) {
        List<Long> offsets = new ArrayList<>(bytes.remaining() / Long.BYTES);
        while (bytes.hasRemaining()) {
            offsets.add(bytes.getLong());
        }
        return new BatchCopy(offsets);
    }
}
