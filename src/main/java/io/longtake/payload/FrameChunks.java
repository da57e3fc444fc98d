package io.longtake.payload;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FrameChunk;
import io.longtake.event.Wire;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.Locale;

/** What one chunk of a frame batch can be judged by alone. A chunk is only a claim until it is checked. */
public final class FrameChunks {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Centuries. */
    private static final long MAX_PLANNED = 1L << 40;

    /** What a description began with before it had the field {@code planned_frames}. */
    private static final byte[] BEGINNING = {
        (byte) 0xC3, 1, (byte) 0xFB, 0x52, 0x25, 0x63, (byte) 0xEA, 0x1B, 8, (byte) 0xC1
    };

    private FrameChunks() {}

    /** @throws CorruptPayloadException naming the field, its value and what was expected */
    public static void check(FrameChunk chunk) {
        RecordClaim claim =
                new RecordClaim("frame chunk of video " + chunk.getVideoId() + ", segment " + chunk.getSegment());
        claim.videoId("video_id", chunk.getVideoId());
        claim.within("segment", chunk.getSegment(), 0, Integer.MAX_VALUE - 1);
        claim.within("first_frame", chunk.getFirstFrame(), 0, Long.MAX_VALUE - EncodedBatch.MAX_FRAMES);
        claim.within("frame_count", chunk.getFrameCount(), 1, EncodedBatch.MAX_FRAMES);
        claim.within("width", chunk.getWidth(), 1, EncodedBatch.MAX_SIDE);
        claim.within("height", chunk.getHeight(), 1, EncodedBatch.MAX_SIDE);
        claim.within("frame_rate", chunk.getFrameRate(), 1, EncodedBatch.MAX_FRAME_RATE);
        claim.within("extradata bytes", chunk.getExtradata().remaining(), 0, EncodedBatch.MAX_EXTRADATA);
        claim.within("planned_frames", chunk.getPlannedFrames(), 0, MAX_PLANNED);
        claim.within("batch_bytes", chunk.getBatchBytes(), 1, EncodedBatch.MAX_BYTES);
        claim.equal("chunk_count", chunk.getChunkCount(), Chunks.count(chunk.getBatchBytes()));
        claim.within("chunk", chunk.getChunk(), 0, chunk.getChunkCount() - 1);
        packets(claim, chunk);
        long before = (long) chunk.getChunk() * Chunks.LIMIT;
        claim.equal("data bytes", chunk.getData().remaining(), Math.min(Chunks.LIMIT, chunk.getBatchBytes() - before));
        claim.checksum("crc32c", chunk.getCrc32c(), Checksum.of(chunk.getData()));
    }

    private static void packets(RecordClaim claim, FrameChunk chunk) {
        Codec codec = claim.codec("codec", chunk.getCodec());
        claim.equal("packet_sizes count", chunk.getPacketSizes().size(), chunk.getFrameCount());
        long rawFrame = (long) chunk.getWidth() * chunk.getHeight() * 3;
        long sum = 0;
        for (int size : chunk.getPacketSizes()) {
            claim.within("packet_sizes", size, 1, EncodedBatch.MAX_BYTES);
            if (codec == Codec.RAW) {
                claim.equal("packet_sizes of raw frames", size, rawFrame);
            }
            sum += size;
        }
        claim.equal("packet_sizes sum", sum, chunk.getBatchBytes());
    }

    /** What all chunks of a copy of a batch have in common: the chunk without its data. */
    static FrameChunk description(FrameChunk chunk) {
        return description(chunk, chunk.getPlannedFrames());
    }

    private static FrameChunk description(FrameChunk chunk, long plannedFrames) {
        // Not by its builder, which would copy the data first.
        return new FrameChunk(
                chunk.getVideoId(),
                chunk.getSegment(),
                chunk.getFirstFrame(),
                chunk.getFrameCount(),
                chunk.getLast(),
                chunk.getWidth(),
                chunk.getHeight(),
                chunk.getFrameRate(),
                chunk.getCodec(),
                chunk.getExtradata(),
                chunk.getPacketSizes(),
                0,
                chunk.getChunkCount(),
                chunk.getBatchBytes(),
                chunk.getBatchCrc32c(),
                0L,
                NOTHING,
                plannedFrames);
    }

    /**
     * A name for that: chunks with the same fingerprint belong together, whichever producer they came from. The stitcher's stores
     * keep it, so it stays what it was: of the fields that there were in the first schema, as that schema writes them.
     */
    public static String fingerprint(FrameChunk chunk) {
        byte[] encoded = Wire.encode(description(chunk, 0));
        System.arraycopy(BEGINNING, 0, encoded, 0, BEGINNING.length);
        int later = 1; // planned_frames, 0 here, is the last byte
        return String.format(
                Locale.ROOT,
                "%08x%08x",
                Checksum.of(ByteBuffer.wrap(encoded, 0, encoded.length - later)),
                chunk.getBatchCrc32c());
    }
}
