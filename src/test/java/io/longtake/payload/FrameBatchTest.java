package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FrameChunk;
import io.longtake.event.Wire;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FrameBatchTest {

    private static final String VIDEO = "6f1c54a4-8a52-4a55-9d9f-1d1f0e2b9c11";
    private final FrameBatch batch = batch(3, 500, 400);

    @Test
    void a_batch_survives_the_wire() {
        List<FrameChunk> received = new ArrayList<>();
        for (FrameChunk chunk : batch.toChunks()) {
            received.add(Wire.decode(Wire.encode(chunk), FrameChunk.class));
        }

        assertThat(received).hasSize(3);
        assertThat(FrameBatch.join(received)).isEqualTo(batch);
    }

    @Test
    void every_chunk_fits_one_record_of_any_kafka() {
        for (FrameChunk chunk : batch(600, 40, 30).toChunks()) {
            assertThat(Wire.encode(chunk)).hasSizeLessThan(1_000_000);
        }
    }

    @Test
    void a_batch_as_large_as_a_chunk_is_one_chunk() {
        EncodedBatch full = new EncodedBatch(
                Codec.H264, 16, 16, 24, new byte[] {1}, new int[] {Chunks.LIMIT}, new byte[Chunks.LIMIT]);

        assertThat(new FrameBatch(VIDEO, 0, 0, true, full).toChunks()).hasSize(1);
    }

    @Test
    void chunks_of_the_same_batch_share_a_fingerprint_and_those_of_another_do_not() {
        List<FrameChunk> chunks = batch.toChunks();

        assertThat(FrameChunks.fingerprint(chunks.get(1))).isEqualTo(FrameChunks.fingerprint(chunks.get(0)));
        assertThat(FrameChunks.fingerprint(batch(3, 400, 500).toChunks().get(0)))
                .isNotEqualTo(FrameChunks.fingerprint(chunks.get(0)));
    }

    /** Recorded of the version before there were planned frames: the stitcher's stores hold such names. */
    @Test
    void a_fingerprint_stays_what_it_was_when_the_schema_grows() {
        EncodedBatch encoded =
                new EncodedBatch(Codec.H264, 16, 16, 24, new byte[] {1}, new int[] {3, 2}, new byte[] {1, 2, 3, 4, 5});

        assertThat(FrameChunks.fingerprint(new FrameBatch(VIDEO, 7, 14, true, encoded, 16)
                        .toChunks()
                        .get(0)))
                .isEqualTo("c913da6553518fab");
    }

    @Test
    void no_chunk_at_all_is_refused() {
        assertThatThrownBy(() -> FrameBatch.join(List.of()))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessage("frame batch: expected at least 1 chunk, got 0");
    }

    @Test
    void a_missing_chunk_is_refused() {
        refusesJoin(batch.toChunks().subList(0, 2), "chunks: expected 3, got 2");
    }

    @Test
    void chunks_out_of_order_are_refused() {
        List<FrameChunk> chunks = new ArrayList<>(batch.toChunks());
        Collections.swap(chunks, 0, 1);

        refusesJoin(chunks, "chunk: expected 0, got 1");
    }

    @Test
    void a_chunk_of_another_batch_is_refused() {
        List<FrameChunk> chunks = new ArrayList<>(batch.toChunks());
        chunks.set(
                1,
                new FrameBatch(VIDEO, 4, 96, true, batch.encoded()).toChunks().get(1));

        refusesJoin(chunks, "chunk 1: expected the description of chunk 0, found another");
    }

    @Test
    void chunks_that_are_whole_but_not_the_promised_batch_are_refused() {
        List<FrameChunk> chunks = new ArrayList<>();
        for (FrameChunk chunk : batch.toChunks()) {
            chunks.add(FrameChunk.newBuilder(chunk).setBatchCrc32c(7).build());
        }

        refusesJoin(chunks, "batch_crc32c: expected CRC-32C 00000007, found");
    }

    @Test
    void a_flipped_bit_is_refused() {
        byte[] data = new byte[Chunks.LIMIT];
        batch.toChunks().get(0).getData().get(data);
        data[100] ^= 4;

        refuses(chunk -> chunk.setData(ByteBuffer.wrap(data)), "crc32c: expected CRC-32C");
    }

    @Test
    void a_chunk_of_the_wrong_length_is_refused() {
        byte[] data = new byte[Chunks.LIMIT - 1];

        refuses(
                chunk -> chunk.setData(ByteBuffer.wrap(data)).setCrc32c(Checksum.of(data)),
                "data bytes: expected 786432, got 786431");
    }

    @Test
    void every_field_is_held_to_its_limit() {
        refuses(chunk -> chunk.setVideoId("me"), "video_id: expected a UUID in its canonical form, got 'me'");
        refuses(chunk -> chunk.setVideoId("1-1-1-1-1"), "video_id: expected a UUID in its canonical form");
        refuses(chunk -> chunk.setSegment(-1), "segment: expected 0..2147483646, got -1");
        refuses(chunk -> chunk.setFirstFrame(-5), "first_frame: expected 0..");
        refuses(chunk -> chunk.setFrameCount(10_001), "frame_count: expected 1..10000, got 10001");
        refuses(chunk -> chunk.setWidth(8193), "width: expected 1..8192, got 8193");
        refuses(chunk -> chunk.setHeight(0), "height: expected 1..8192, got 0");
        refuses(chunk -> chunk.setFrameRate(0), "frame_rate: expected 1..1000, got 0");
        refuses(chunk -> chunk.setCodec("gif"), "codec: expected one of h264, ffv1, raw, got 'gif'");
        refuses(
                chunk -> chunk.setExtradata(ByteBuffer.allocate(65_537)),
                "extradata bytes: expected 0..65536, got 65537");
        refuses(chunk -> chunk.setBatchBytes(1L << 40), "batch_bytes: expected 1..268435456, got 1099511627776");
        refuses(chunk -> chunk.setChunkCount(9), "chunk_count: expected 3, got 9");
        refuses(chunk -> chunk.setChunk(3), "chunk: expected 0..2, got 3");
    }

    @Test
    void packet_sizes_must_be_as_many_as_frames_and_sum_to_the_batch() {
        refuses(chunk -> chunk.setPacketSizes(List.of(1, 2)), "packet_sizes count: expected 3, got 2");
        refuses(chunk -> chunk.setPacketSizes(List.of(0, 1, 2)), "packet_sizes: expected 1..268435456, got 0");
        refuses(
                chunk -> chunk.setCodec("h264").setPacketSizes(List.of(600_000, 600_000, 600_001)),
                "packet_sizes sum: expected 1800000, got 1800001");
        refuses(
                chunk -> chunk.setPacketSizes(List.of(599_999, 600_001, 600_000)),
                "packet_sizes of raw frames: expected 600000, got 599999");
    }

    private void refuses(Consumer<FrameChunk.Builder> damage, String why) {
        FrameChunk.Builder chunk = FrameChunk.newBuilder(batch.toChunks().get(0));
        damage.accept(chunk);
        assertThatThrownBy(() -> FrameChunks.check(chunk.build()))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageStartingWith("frame chunk of video ")
                .hasMessageContaining(why);
    }

    private static void refusesJoin(List<FrameChunk> chunks, String why) {
        assertThatThrownBy(() -> FrameBatch.join(chunks))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageStartingWith("frame batch of video " + VIDEO + ", segment 3, ")
                .hasMessageContaining(why);
    }

    private static FrameBatch batch(int frames, int width, int height) {
        int[] sizes = new int[frames];
        Arrays.fill(sizes, width * height * 3);
        byte[] packets = new byte[frames * width * height * 3];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = (byte) (i * 31 >> 3);
        }
        return new FrameBatch(
                VIDEO, 3, 72, false, new EncodedBatch(Codec.RAW, width, height, 24, new byte[0], sizes, packets));
    }
}
