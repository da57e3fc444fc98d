package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.ElementType;
import io.longtake.event.NewerRecordException;
import io.longtake.event.NewerRecords;
import io.longtake.event.PayloadChunk;
import io.longtake.event.PayloadRef;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Wire;
import io.longtake.tensor.Frames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A payload of two chunks (the second holds 3 bytes), whose first lies at offset 7. */
class PayloadAssemblyTest {

    private static final byte[] RGB = rgb();
    private static final byte[] FIRST = chunk("p", 0, 2, 0, Chunks.LIMIT);
    private static final byte[] SECOND = chunk("p", 1, 2, Chunks.LIMIT, 3);

    private final PayloadAssembly assembly = new PayloadAssembly(ref(Checksum.of(RGB)), RecordDecoder.ours());

    @Test
    void chunks_in_order_make_the_content() {
        assembly.add(7, FIRST);
        assembly.add(8, SECOND);

        assertThat(assembly.isComplete()).isTrue();
        assertThat(assembly.content()).isEqualTo(new Frames(1, 1, RGB.length / 3, RGB));
    }

    @Test
    void records_of_others_between_the_chunks_are_passed_over() {
        assembly.add(7, FIRST);
        assembly.add(8, chunk("another", 0, 1, 0, 5));
        assembly.add(9, "garbage".getBytes(StandardCharsets.UTF_8));
        assembly.add(10, null);
        assembly.add(11, SECOND);

        assertThat(assembly.isComplete()).isTrue();
    }

    @Test
    void the_first_offset_holds_the_first_chunk_or_the_reference_is_wrong() {
        refuses(7, chunk("another", 0, 1, 0, 5), "expected chunk 0, found a chunk of payload another");
        refuses(7, null, "expected chunk 0, found empty record");
        refuses(7, SECOND, "expected chunk 0 of 2, found chunk 1 of 2");
    }

    @Test
    void a_payload_of_a_later_version_is_not_corrupt() {
        byte[] newer = NewerRecords.encode(Wire.decode(FIRST, PayloadChunk.class));

        assertThatThrownBy(() -> assembly.add(7, newer)).isInstanceOf(NewerRecordException.class);
        assembly.add(7, FIRST);
        assembly.add(8, newer);
        assembly.add(9, SECOND);
        assertThat(assembly.isComplete()).isTrue();
    }

    @Test
    void a_missing_chunk_is_noticed_by_the_next_one() {
        assembly.add(7, FIRST);

        refuses(8, FIRST, "expected chunk 1 of 2, found chunk 0 of 2");
    }

    @Test
    void a_flipped_bit_is_noticed_by_the_chunks_checksum() {
        byte[] flipped = FIRST.clone();
        flipped[flipped.length - 1] ^= 4;

        refuses(7, flipped, "chunk 0: expected CRC-32C");
    }

    @Test
    void a_chunk_beyond_the_promised_length_is_refused() {
        assembly.add(7, FIRST);

        refuses(8, chunk("p", 1, 2, 0, 4), "expected at most 3 more bytes, found 4");
    }

    @Test
    void a_payload_that_stays_short_is_refused() {
        assembly.add(7, FIRST);
        assembly.add(8, chunk("p", 1, 2, Chunks.LIMIT, 2));

        assertThatThrownBy(assembly::content)
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("expected 786435 bytes, found 786434");
    }

    @Test
    void the_whole_has_a_checksum_of_its_own() {
        PayloadAssembly other = new PayloadAssembly(ref(12345), RecordDecoder.ours());
        other.add(7, FIRST);
        other.add(8, SECOND);

        assertThatThrownBy(other::content)
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("expected CRC-32C 00003039 of the whole");
    }

    private void refuses(long offset, byte[] record, String why) {
        assertThatThrownBy(() -> assembly.add(offset, record))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageStartingWith("payload p at longtake.latents-0, offset " + offset)
                .hasMessageContaining(why);
    }

    private static PayloadRef ref(long crc32c) {
        return new PayloadRef(
                "p",
                "longtake.latents",
                0,
                7L,
                2,
                (long) RGB.length,
                crc32c,
                ElementType.U8,
                List.of(1, 1, RGB.length / 3, 3));
    }

    private static byte[] chunk(String payloadId, int chunk, int count, int from, int length) {
        ByteBuffer data = ByteBuffer.wrap(RGB).slice(from, length);
        return Wire.encode(new PayloadChunk(payloadId, "v", chunk, count, Checksum.of(data), data));
    }

    private static byte[] rgb() {
        byte[] rgb = new byte[Chunks.LIMIT + 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 31);
        }
        return rgb;
    }
}
