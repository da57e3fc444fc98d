package io.longtake.stitch;

import static io.longtake.stitch.Batches.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import io.longtake.video.FragmentIndex;
import io.longtake.video.FragmentPlace;
import io.longtake.video.FrameEncoder;
import io.longtake.video.Muxer;
import io.longtake.video.Scenes;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished file ends with an index of its fragments, whoever stitched which of them. */
class FinishedFileTest {

    private static final int FRAMES = 8;
    private static final int SEGMENTS = 12;
    private static final EncodedBatch ENCODED =
            new FrameEncoder(Codec.H264, 24).encode(Scenes.drive(0, FRAMES, 128, 64));

    @TempDir
    private Path directory;

    @Test
    void header_and_batches_are_the_file_with_its_index() {
        try (StitchDriver stitcher = new StitchDriver(directory)) {
            send(stitcher, 0, SEGMENTS);

            assertThat(stitcher.file(VIDEO)).isEqualTo(whole());
            assertThat(stitcher.remembered()).as("that it is finished").isEqualTo(1);
        }
    }

    @Test
    void it_is_the_same_if_another_stitcher_took_over() {
        try (StitchDriver before = new StitchDriver(directory.resolve("before"));
                StitchDriver after = new StitchDriver(directory.resolve("after"))) {
            send(before, 0, 7);
            after.restore(before);
            send(after, 7, SEGMENTS);

            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(before.file(VIDEO));
            file.writeBytes(after.file(VIDEO));
            assertThat(file.toByteArray()).isEqualTo(whole());
        }
    }

    @Test
    void a_video_of_whose_fragments_some_are_not_known_ends_without_one() {
        try (StitchDriver before = new StitchDriver(directory.resolve("before"));
                StitchDriver after = new StitchDriver(directory.resolve("after"))) {
            send(before, 0, 7);
            after.restore(before);
            before.stored(StitcherStores.COPIES).keySet().forEach(key -> after.store(StitcherStores.COPIES, key, null));
            send(after, 7, SEGMENTS);

            assertThat(after.file(VIDEO)).endsWith(fragment(SEGMENTS - 1));
            assertThat(after.deadLetters()).isEmpty();
        }
    }

    private static void send(StitchDriver stitcher, int from, int to) {
        for (int segment = from; segment < to; segment++) {
            stitcher.send(new FrameBatch(
                    VIDEO, segment, segment * (long) FRAMES, segment == SEGMENTS - 1, ENCODED, SEGMENTS * FRAMES));
        }
    }

    private static byte[] whole() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Muxer.header(ENCODED, SEGMENTS * FRAMES));
        List<FragmentPlace> places = new ArrayList<>();
        for (int segment = 0; segment < SEGMENTS; segment++) {
            places.add(new FragmentPlace(segment * (long) FRAMES, file.size()));
            file.writeBytes(fragment(segment));
        }
        file.writeBytes(Muxer.index(Codec.H264, new FragmentIndex(places)));
        return file.toByteArray();
    }

    private static byte[] fragment(int segment) {
        return Muxer.fragment(segment, segment * (long) FRAMES, ENCODED);
    }
}
