package io.longtake.payload;

import io.longtake.event.Checksum;
import io.longtake.event.NewerRecordException;
import io.longtake.event.PayloadChunk;
import io.longtake.event.PayloadRef;
import io.longtake.event.RecordDecoder;
import io.longtake.event.UnreadableRecordException;
import io.longtake.tensor.Content;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Puts one payload together from the records of its partition, which come in the order of their offsets. */
final class PayloadAssembly {

    private final PayloadRef ref;
    private final RecordDecoder decoder;
    private final ByteBuffer bytes;
    private int next;

    /** @param ref within {@link PayloadLimits}, because its bytes are allocated here */
    PayloadAssembly(PayloadRef ref, RecordDecoder decoder) {
        this.ref = ref;
        this.decoder = decoder;
        this.bytes = ByteBuffer.allocate((int) ref.getBytes());
    }

    boolean isComplete() {
        return next == ref.getChunkCount();
    }

    boolean isEmpty() {
        return next == 0;
    }

    /**
     * Takes the next record, and passes over those of others.
     *
     * @param record its value, or null
     * @throws CorruptPayloadException if it is a chunk of this payload that does not fit
     * @throws NewerRecordException if it is where the payload begins, and of a later version
     */
    void add(long offset, byte[] record) {
        PayloadChunk chunk;
        try {
            chunk = decoder.decode(record, PayloadChunk.class);
        } catch (UnreadableRecordException foreign) {
            if (offset == ref.getFirstOffset()) {
                throw corrupt(offset, "expected chunk 0, found " + foreign.getMessage());
            }
            return;
        } catch (NewerRecordException newer) {
            if (offset == ref.getFirstOffset()) {
                throw newer;
            }
            return;
        }
        if (!chunk.getPayloadId().equals(ref.getPayloadId())) {
            require(
                    offset != ref.getFirstOffset(),
                    offset,
                    "expected chunk 0, found a chunk of payload " + chunk.getPayloadId());
            return;
        }
        take(offset, chunk);
    }

    private void take(long offset, PayloadChunk chunk) {
        require(
                chunk.getChunk() == next && chunk.getChunkCount() == ref.getChunkCount(),
                offset,
                "expected chunk " + next + " of " + ref.getChunkCount() + ", found chunk " + chunk.getChunk() + " of "
                        + chunk.getChunkCount());
        ByteBuffer data = chunk.getData();
        require(
                data.remaining() <= bytes.remaining(),
                offset,
                "expected at most " + bytes.remaining() + " more bytes, found " + data.remaining());
        long found = Checksum.of(data);
        require(
                found == chunk.getCrc32c(),
                offset,
                "chunk " + next
                        + String.format(Locale.ROOT, ": expected CRC-32C %08x, found %08x", chunk.getCrc32c(), found));
        bytes.put(data.duplicate());
        next++;
    }

    /** @throws CorruptPayloadException if the whole is not what the reference promised */
    Content content() {
        bytes.flip();
        require(
                bytes.limit() == ref.getBytes(),
                ref.getFirstOffset(),
                "expected " + ref.getBytes() + " bytes, found " + bytes.limit());
        long found = Checksum.of(bytes);
        require(
                found == ref.getCrc32c(),
                ref.getFirstOffset(),
                String.format(Locale.ROOT, "expected CRC-32C %08x of the whole, found %08x", ref.getCrc32c(), found));
        return new PayloadBytes(ref.getDtype(), ref.getShape(), bytes).content();
    }

    String progress() {
        return next + " of " + ref.getChunkCount() + " chunks";
    }

    private void require(boolean holds, long offset, String otherwise) {
        if (!holds) {
            throw corrupt(offset, otherwise);
        }
    }

    private CorruptPayloadException corrupt(long offset, String what) {
        return new CorruptPayloadException("payload " + ref.getPayloadId() + " at " + ref.getTopic() + "-"
                + ref.getPartition() + ", offset " + offset + ": " + what);
    }
}
