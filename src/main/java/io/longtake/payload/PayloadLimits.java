package io.longtake.payload;

import io.longtake.event.Chunks;
import io.longtake.event.ElementType;
import io.longtake.event.PayloadRef;
import io.longtake.event.Topic;
import io.longtake.tensor.Tensor;

/** What a reference may ask for. Checked before a byte is allocated, because a reference is only a claim. */
final class PayloadLimits {

    /** 64 MiB: above the latents and base frames of one segment of any model that the platform runs. */
    static final long BYTES = 64L << 20;

    private static final int AXES = 8;

    private PayloadLimits() {}

    /** @throws CorruptPayloadException naming the field, its value and what was expected */
    static void check(PayloadRef ref) {
        require(
                ref.getTopic().equals(Topic.LATENTS.topicName()),
                ref,
                "topic: expected " + Topic.LATENTS.topicName() + ", got " + ref.getTopic());
        require(ref.getPartition() >= 0, ref, "partition: expected at least 0, got " + ref.getPartition());
        require(ref.getFirstOffset() >= 0, ref, "first_offset: expected at least 0, got " + ref.getFirstOffset());
        require(
                ref.getBytes() >= 1 && ref.getBytes() <= BYTES,
                ref,
                "bytes: expected 1.." + BYTES + ", got " + ref.getBytes());
        require(
                ref.getChunkCount() == Chunks.count(ref.getBytes()),
                ref,
                "chunk_count: expected " + Chunks.count(ref.getBytes()) + " of at most " + Chunks.LIMIT + " bytes, got "
                        + ref.getChunkCount());
        int rank = ref.getShape().size();
        boolean frames = ref.getDtype() == ElementType.U8;
        require(
                frames ? rank == 4 && ref.getShape().get(3) == 3 : rank <= AXES,
                ref,
                "shape: expected " + (frames ? "(frames, height, width, 3)" : "at most " + AXES + " axes") + ", got "
                        + ref.getShape());
        long expected = elements(ref) * (frames ? 1 : Float.BYTES);
        require(
                expected == ref.getBytes(),
                ref,
                "shape " + ref.getShape() + " of " + ref.getDtype() + " takes " + expected + " bytes, but bytes is "
                        + ref.getBytes());
    }

    /** @throws CorruptPayloadException if a topic of so many partitions does not have the reference's */
    static void checkPartition(PayloadRef ref, int partitions) {
        require(
                ref.getPartition() < partitions,
                ref,
                "partition: expected 0.." + (partitions - 1) + ", got " + ref.getPartition());
    }

    /**
     * @param end first offset at which nothing is written yet
     * @throws CorruptPayloadException if the reference is to something there, or beyond
     */
    static void checkWritten(PayloadRef ref, long end) {
        require(
                ref.getFirstOffset() <= end - ref.getChunkCount(),
                ref,
                "first_offset: expected at most " + (end - ref.getChunkCount()) + ", because " + end
                        + " records are written and it has " + ref.getChunkCount() + " chunks, got "
                        + ref.getFirstOffset());
    }

    private static long elements(PayloadRef ref) {
        try {
            return Tensor.elements(
                    ref.getShape().stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CorruptPayloadException("payload " + ref.getPayloadId() + ", shape: " + e.getMessage());
        }
    }

    private static void require(boolean holds, PayloadRef ref, String otherwise) {
        if (!holds) {
            throw new CorruptPayloadException("payload " + ref.getPayloadId() + ", " + otherwise);
        }
    }
}
