package io.longtake.stitch;

import static io.longtake.stitch.Batches.OTHER;
import static io.longtake.stitch.Batches.VIDEO;
import static io.longtake.stitch.Batches.last;
import static io.longtake.stitch.Batches.small;
import static io.longtake.stitch.Batches.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.FrameChunk;
import io.longtake.event.NewerRecords;
import io.longtake.event.ParkedRecord;
import io.longtake.event.StitcherVideo;
import io.longtake.event.Wire;
import io.longtake.payload.FrameChunks;
import io.longtake.video.Codec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of videos: by this version, by those before and by those after. */
class StitcherStateTest {

    private static final long THEN = 1_764_500_000_000L;

    @TempDir
    Path directory;

    private StitchDriver stitcher;

    @BeforeEach
    void open() {
        stitcher = new StitchDriver(directory);
    }

    @AfterEach
    void close() {
        stitcher.close();
    }

    @Test
    void what_is_written_is_read() {
        PictureFormat format = new PictureFormat(Codec.FFV1, 512, 256, 24, 0xFEDCBA98L);
        List<StitchedVideo> videos = List.of(
                StitchedVideo.Unfinished.unseen(),
                new StitchedVideo.Unfinished(7, 168, Optional.of(format), 3, THEN),
                new StitchedVideo.Done(THEN));
        BatchCopy copy = new BatchCopy(List.of(5L, BatchCopy.ABSENT, 1L << 40));

        assertThat(videos).allSatisfy(video -> assertThat(StitcherState.video(StitcherState.encode(video)))
                .isEqualTo(video));
        assertThat(StitcherState.copy(StitcherState.encode(copy))).isEqualTo(copy);
    }

    /** Recorded bytes of the stitcher of November 2026. */
    @Test
    void what_was_written_before_there_were_schemas_is_read() {
        assertThat(earlier("000000019ad4654d000000000000000000000000000000000300"))
                .isEqualTo(new StitchedVideo.Unfinished(0, 0, Optional.empty(), 3, THEN));
        assertThat(earlier(
                        "000000019ad4654d010000000700000000000000a8000000000100046832363400000200000001000000001800000000"
                                + "fedcba98"))
                .isEqualTo(new StitchedVideo.Unfinished(
                        7, 168, Optional.of(new PictureFormat(Codec.H264, 512, 256, 24, 0xFEDCBA98L)), 0, THEN + 1));
        assertThat(earlier("010000019ad4654d02")).isEqualTo(new StitchedVideo.Done(THEN + 2));
        assertThat(StitcherState.copy(hex("0000000000000005ffffffffffffffff0000000100000000")))
                .isEqualTo(new BatchCopy(List.of(5L, -1L, 1L << 32)));
        assertThat(StitcherState.copy(hex("ffffffffffffffff0000000000000001")))
                .isEqualTo(new BatchCopy(List.of(-1L, 1L)));
    }

    @Test
    void a_video_that_was_begun_before_there_were_schemas_goes_on() {
        FrameChunk waiting = last(2).toChunks().get(0);
        stitcher.send(OTHER, Wire.encode(small(OTHER, 0, false).toChunks().get(0))); // offset 0 is somebody else's
        stitcher.send(VIDEO, Wire.encode(waiting));
        String place = VIDEO + "/2/" + FrameChunks.fingerprint(waiting);
        assertThat(stitcher.stored(StitcherStores.COPIES)).containsKey(place);
        stitcher.store(StitcherStores.COPIES, place, hex("0000000000000001"));
        stitcher.store(
                StitcherStores.VIDEOS,
                VIDEO,
                hex("000000019ad4654d000000000100000000000000020000000101000372617700000004000000020000001800000000"
                        + "00000000"));

        stitcher.send(small(0));
        stitcher.send(small(1));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(1), last(2)));
        assertThat(stitcher.deadLetters()).isEmpty();
    }

    @Test
    void frames_of_a_later_version_are_parked_whole_and_other_videos_go_on() {
        byte[] newer = NewerRecords.encode(small(0).toChunks().get(0));

        stitcher.send(VIDEO, newer);
        stitcher.send(small(OTHER, 0, true));

        assertThat(stitcher.file(OTHER)).isEqualTo(video(small(OTHER, 0, true)));
        assertThat(stitcher.deadLetters()).isEmpty();
        assertThat(stitcher.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.getReader()).isEqualTo("stitcher");
            assertThat(parked.getTopic()).isEqualTo("longtake.frames");
            assertThat(parked.getOffset()).isZero();
            assertThat(parked.getKey()).isEqualTo(VIDEO);
            assertThat(parked.getValue().array()).isEqualTo(newer);
            assertThat(parked.getFingerprint()).isEqualTo(NewerRecords.fingerprint(FrameChunk.getClassSchema()));
        });
    }

    @Test
    void frames_of_a_video_that_a_later_version_began_are_parked_and_its_state_stays() {
        stitcher.send(small(0));
        byte[] newer = NewerRecords.encode(
                Wire.decode(stitcher.stored(StitcherStores.VIDEOS).get(VIDEO), StitcherVideo.class));
        stitcher.store(StitcherStores.VIDEOS, VIDEO, newer);

        stitcher.send(small(1));
        stitcher.pass(Duration.ofDays(8));

        assertThat(stitcher.stored(StitcherStores.VIDEOS)).containsEntry(VIDEO, newer);
        assertThat(stitcher.parked())
                .extracting(ParkedRecord::getFingerprint)
                .containsExactly(NewerRecords.fingerprint(StitcherVideo.getClassSchema()));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0)));
        assertThat(stitcher.deadLetters()).isEmpty();
    }

    private static StitchedVideo earlier(String hex) {
        return StitcherState.video(hex(hex));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
