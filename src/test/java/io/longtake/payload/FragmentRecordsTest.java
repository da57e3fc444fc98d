package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Chunks;
import io.longtake.event.FragmentChunk;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FragmentRecordsTest {

    private static final String VIDEO = "6f1c54a4-8a52-4a55-9d9f-1d1f0e2b9c11";
    private static final FrameBatch BATCH = new FrameBatch(
            VIDEO, 4, 96, true, new EncodedBatch(Codec.H264, 16, 16, 24, new byte[0], new int[] {2}, new byte[2]));

    @Test
    void a_fragment_is_cut_into_records_and_put_together_again() {
        byte[] file = new byte[2 * Chunks.LIMIT + 5];
        file[Chunks.LIMIT] = 9;

        List<FragmentChunk> records = FragmentRecords.of(BATCH, file);

        assertThat(records).hasSize(3).allSatisfy(record -> {
            assertThat(record.getFragment()).isEqualTo(5);
            assertThat(record.getFirstFrame()).isEqualTo(96);
            assertThat(record.getFrameCount()).isEqualTo(1);
            assertThat(record.getContainer()).isEqualTo("mp4");
            assertThat(record.getLast()).isTrue();
        });
        assertThat(FragmentRecords.join(records)).isEqualTo(file);
    }

    @Test
    void a_video_without_a_header_has_a_header_without_bytes() {
        List<FragmentChunk> records = FragmentRecords.header(VIDEO, Codec.RAW, new byte[0]);

        assertThat(records).hasSize(1);
        assertThat(records.get(0).getFrameCount()).isZero();
        assertThat(FragmentRecords.join(records)).isEmpty();
    }

    @Test
    void a_missing_record_is_refused() {
        List<FragmentChunk> records = FragmentRecords.of(BATCH, new byte[Chunks.LIMIT + 1]);

        assertThatThrownBy(() -> FragmentRecords.join(records.subList(0, 1)))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessage("fragment 5 of video " + VIDEO + ", records: expected 2, got 1");
    }

    @Test
    void a_record_of_another_fragment_is_refused() {
        List<FragmentChunk> records = new ArrayList<>(FragmentRecords.of(BATCH, new byte[Chunks.LIMIT + 1]));
        records.set(
                1, FragmentChunk.newBuilder(records.get(1)).setFirstFrame(97).build());

        assertThatThrownBy(() -> FragmentRecords.join(records))
                .hasMessageContaining("chunk 1: expected the description of chunk 0");
    }

    @Test
    void every_field_is_held_to_its_limit() {
        refuses(record -> record.setVideoId("me"), "video_id: expected a UUID in its canonical form, got 'me'");
        refuses(record -> record.setFragment(-1), "fragment: expected 0..2147483647, got -1");
        refuses(record -> record.setFrameCount(0), "frame_count: expected 1..10000, got 0");
        refuses(record -> record.setContainer("avi"), "container: expected one of mp4, matroska, rgb24, got 'avi'");
        refuses(record -> record.setChunkCount(1000), "chunk_count: expected 1..");
        refuses(record -> record.setChunk(1), "chunk: expected 0..0, got 1");
        refuses(record -> record.setData(ByteBuffer.allocate(0)), "data bytes: expected 1..786432, got 0");
        refuses(record -> record.setCrc32c(1), "crc32c: expected CRC-32C 00000001");
    }

    private static void refuses(Consumer<FragmentChunk.Builder> damage, String why) {
        FragmentChunk.Builder record =
                FragmentChunk.newBuilder(FragmentRecords.of(BATCH, new byte[3]).get(0));
        damage.accept(record);
        assertThatThrownBy(() -> FragmentRecords.check(record.build()))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining(why);
    }
}
