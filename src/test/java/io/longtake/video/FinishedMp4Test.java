package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a finished MP4 says of its length and its fragments, to players that do not read all of it first (ISO 14496-12). */
class FinishedMp4Test {

    private static final int RATE = 24;
    private static final EncodedBatch BATCH = new FrameEncoder(Codec.H264, RATE).encode(Scenes.drive(0, 8, 128, 64));

    @Test
    void its_header_says_how_long_it_is_going_to_be() {
        byte[] header = Muxer.header(BATCH, 100);

        assertThat(seconds(header)).isEqualTo(100.0 / RATE);
        assertThat(Mp4Header.read(header)).isEqualTo(Mp4Header.read(Muxer.header(BATCH, 0)));
        assertThat(Mp4Boxes.find(box(header, "moov", "mvex"), "trex")).isPresent();
        assertThat(Mp4Boxes.find(box(header, "moov"), "udta"))
                .as("what follows is where its size says")
                .isPresent();
    }

    @Test
    void a_video_that_came_to_another_length_has_that_in_a_header_as_long_as_before() {
        byte[] header = Muxer.header(BATCH, 100);

        byte[] ended = Muxer.ended(header, 48);

        assertThat(seconds(ended)).isEqualTo(2);
        assertThat(ended).hasSameSizeAs(header);
        assertThat(Muxer.ended(Muxer.header(BATCH, 0), 48))
                .as("an earlier header says no length")
                .isEqualTo(Muxer.header(BATCH, 0));
    }

    @Test
    void its_index_names_time_and_place_of_every_fragment() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Muxer.header(BATCH, 24));
        List<FragmentPlace> places = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            places.add(new FragmentPlace(segment * 8L, file.size()));
            file.writeBytes(Muxer.fragment(segment, segment * 8L, BATCH));
        }
        int end = file.size();
        file.writeBytes(Muxer.index(Codec.H264, new FragmentIndex(places)));

        ByteBuffer video = ByteBuffer.wrap(file.toByteArray());
        assertThat(video.getInt(video.limit() - 4)).as("mfro: its size").isEqualTo(video.limit() - end);
        ByteBuffer table = box(video.array(), "mfra", "tfra");
        assertThat(table.getInt(table.position() + 12)).as("entries").isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            int entry = table.position() + 16 + 19 * i;
            assertThat(table.getLong(entry)).isEqualTo(i * 8_000L);
            assertThat(name(video, table.getLong(entry + 8))).isEqualTo("moof");
        }
    }

    @Test
    void a_lossless_video_has_no_index_of_this_kind() {
        assertThat(Muxer.index(Codec.FFV1, new FragmentIndex(List.of()))).isEmpty();
        assertThat(Muxer.index(Codec.RAW, new FragmentIndex(List.of()))).isEmpty();
    }

    private static double seconds(byte[] header) {
        ByteBuffer movie = box(header, "moov", "mvhd");
        ByteBuffer length = box(header, "moov", "mvex", "mehd");
        return (double) length.getLong(length.position() + 4) / movie.getInt(movie.position() + 12);
    }

    private static ByteBuffer box(byte[] file, String... path) {
        ByteBuffer box = ByteBuffer.wrap(file);
        for (String name : path) {
            box = Mp4Boxes.find(box, name).orElseThrow();
        }
        return box;
    }

    private static String name(ByteBuffer file, long offset) {
        byte[] name = new byte[4];
        file.get((int) offset + 4, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
