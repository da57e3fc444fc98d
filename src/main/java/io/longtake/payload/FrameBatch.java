package io.longtake.payload;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FrameChunk;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The finished frames of one segment, as {@code longtake.frames} carries them.
 *
 * @param videoId the video, a UUID in its canonical form; the key of the chunks
 * @param segment from 0
 * @param firstFrame index in the video of the first frame
 * @param last whether the video ends with this batch
 * @param plannedFrames that the whole video has as it was ordered; 0: not known
 */
public record FrameBatch(
        String videoId, int segment, long firstFrame, boolean last, EncodedBatch encoded, long plannedFrames) {

    /** Of a video of which nobody knows how long it will be. */
    public FrameBatch(String videoId, int segment, long firstFrame, boolean last, EncodedBatch encoded) {
        this(videoId, segment, firstFrame, last, encoded, 0);
    }

    /** Records of at most {@link Chunks#LIMIT} bytes of frames, in order. Each tells everything about the batch. */
    public List<FrameChunk> toChunks() {
        ByteBuffer packets = ByteBuffer.wrap(encoded.packets());
        List<ByteBuffer> parts = Chunks.split(packets);
        FrameChunk.Builder chunk = FrameChunk.newBuilder()
                .setVideoId(videoId)
                .setSegment(segment)
                .setFirstFrame(firstFrame)
                .setFrameCount(encoded.frameCount())
                .setLast(last)
                .setWidth(encoded.width())
                .setHeight(encoded.height())
                .setFrameRate(encoded.frameRate())
                .setCodec(encoded.codec().wireName())
                .setExtradata(ByteBuffer.wrap(encoded.extradata()))
                .setPacketSizes(Arrays.stream(encoded.packetSizes()).boxed().toList())
                .setChunkCount(parts.size())
                .setBatchBytes(packets.remaining())
                .setBatchCrc32c(Checksum.of(packets))
                .setPlannedFrames(plannedFrames);
        List<FrameChunk> chunks = new ArrayList<>(parts.size());
        for (ByteBuffer part : parts) {
            chunks.add(chunk.setChunk(chunks.size())
                    .setCrc32c(Checksum.of(part))
                    .setData(part)
                    .build());
        }
        return chunks;
    }

    /**
     * The batch of all its chunks, in order.
     *
     * @throws CorruptPayloadException if a chunk is broken, missing, out of order or of another batch, or if together
     *     they are not what they promise
     */
    public static FrameBatch join(List<FrameChunk> chunks) {
        if (chunks.isEmpty()) {
            throw new CorruptPayloadException("frame batch: expected at least 1 chunk, got 0");
        }
        chunks.forEach(FrameChunks::check);
        FrameChunk first = chunks.get(0);
        FrameChunk description = FrameChunks.description(first);
        RecordClaim claim =
                new RecordClaim("frame batch of video " + first.getVideoId() + ", segment " + first.getSegment());
        claim.equal("chunks", chunks.size(), first.getChunkCount());
        ByteBuffer packets = ByteBuffer.allocate((int) first.getBatchBytes());
        for (int i = 0; i < chunks.size(); i++) {
            FrameChunk chunk = chunks.get(i);
            claim.equal("chunk", chunk.getChunk(), i);
            if (!FrameChunks.description(chunk).equals(description)) {
                throw claim.refused("chunk " + i, "expected the description of chunk 0, found another");
            }
            packets.put(chunk.getData().duplicate());
        }
        claim.checksum("batch_crc32c", first.getBatchCrc32c(), Checksum.of(packets.flip()));
        byte[] extradata = new byte[first.getExtradata().remaining()];
        first.getExtradata().duplicate().get(extradata);
        return new FrameBatch(
                first.getVideoId(),
                first.getSegment(),
                first.getFirstFrame(),
                first.getLast(),
                new EncodedBatch(
                        Codec.parse(first.getCodec()),
                        first.getWidth(),
                        first.getHeight(),
                        first.getFrameRate(),
                        extradata,
                        first.getPacketSizes().stream()
                                .mapToInt(Integer::intValue)
                                .toArray(),
                        packets.array()),
                first.getPlannedFrames());
    }
}
