package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.HostileRecords.Kind;
import io.longtake.model.ToyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are those that Avro's own encoder makes. */
class RecordEncoderTest {

    private static final String ID = "11111111-2222-3333-4444-555555555555";

    @Test
    void records_of_every_kind_and_with_every_oddity_are_written_as_avro_writes_them() throws IOException {
        HostileRecords odd = new HostileRecords(3, ID);
        List<Topic> topics = Topic.all(ToyModel.STAGES);
        Set<String> kinds = new TreeSet<>();
        for (int i = 0; i < 3_000; i++) {
            SpecificRecordBase record;
            try {
                record = Wire.decode(odd.next(topics.get(i % topics.size()), Kind.ODD_CONTENT)
                        .value());
            } catch (UnreadableRecordException e) {
                continue; // a time beyond all times
            }
            kinds.add(record.getSchema().getName());
            assertThat(Wire.encode(record)).as(record.getSchema().getName()).isEqualTo(avros(record));
        }
        assertThat(kinds).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, Chunks.LIMIT})
    void data_of_every_length_comes_to_its_place_and_stays_as_it_was(int length) throws IOException {
        byte[] memory = new byte[length + 20];
        IntStream.range(0, memory.length).forEach(i -> memory[i] = (byte) (i * 31));
        byte[] before = memory.clone();
        ByteBuffer data = ByteBuffer.wrap(memory, 7, length); // neither at the beginning nor to the end of its memory
        PayloadChunk chunk = new PayloadChunk("p", ID, 0, 1, 5L, data);

        byte[] record = Wire.encode(chunk);

        assertThat(record).isEqualTo(avros(chunk));
        assertThat(Wire.decode(record, PayloadChunk.class).getData())
                .isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(before, 7, 7 + length)));
        assertThat(data.position()).isEqualTo(7);
        assertThat(data.remaining()).isEqualTo(length);
        assertThat(memory).isEqualTo(before);
        assertThat(Wire.encode(new PayloadChunk("p", ID, 0, 1, 5L, data.slice())))
                .isEqualTo(record);
    }

    @Test
    void a_record_with_several_large_parts_has_them_in_their_order() throws IOException {
        ByteBuffer one = ByteBuffer.wrap("1".repeat(5_000).getBytes(StandardCharsets.UTF_8));
        ByteBuffer other = ByteBuffer.wrap("2".repeat(3_000).getBytes(StandardCharsets.UTF_8));
        FrameChunk chunk = new FrameChunk(
                ID, 0, 0L, 1, true, 4, 2, 24, "raw", one, List.of(3_000), 0, 1, 3_000L, 1L, 1L, other, 0L);

        assertThat(Wire.encode(chunk)).isEqualTo(avros(chunk));
    }

    private static byte[] avros(SpecificRecordBase record) throws IOException {
        ByteBuffer bytes = new BinaryMessageEncoder<SpecificRecordBase>(
                        SpecificData.getForClass(record.getClass()), record.getSchema(), true)
                .encode(record);
        return Arrays.copyOf(bytes.array(), bytes.remaining());
    }
}
