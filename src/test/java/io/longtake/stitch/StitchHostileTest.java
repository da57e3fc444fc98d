package io.longtake.stitch;

import static io.longtake.stitch.Batches.VIDEO;
import static io.longtake.stitch.Batches.last;
import static io.longtake.stitch.Batches.small;
import static io.longtake.stitch.Batches.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.DeadLetter;
import io.longtake.event.HostileRecords;
import io.longtake.event.HostileRecords.Hostile;
import io.longtake.event.HostileRecords.Kind;
import io.longtake.event.Topic;
import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that a record says stops the stitcher. */
class StitchHostileTest {

    private static final int RECORDS = 60;

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

    /** Those without a time cannot be given to the driver; {@code RecordTimeTest} and {@code HostileRecordsIT} have them. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_TIME")
    void whatever_is_wrong_with_records_the_useless_ones_are_buried_and_the_video_goes_on(Kind kind) {
        HostileRecords hostile = new HostileRecords(5, VIDEO);
        stitcher.send(small(0));
        for (int i = 0; i < RECORDS; i++) {
            Hostile record = hostile.next(Topic.FRAMES, kind);
            stitcher.send(record.key(), record.value(), Math.max(0, record.time()));
        }

        stitcher.send(last(1));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), last(1)));
        List<DeadLetter> letters = stitcher.deadLetters();
        if (kind.isUseless()) {
            assertThat(letters).hasSize(RECORDS);
        } else if (kind.isNewer()) {
            assertThat(stitcher.parked()).hasSize(RECORDS);
            assertThat(letters).isEmpty();
        } else {
            assertThat(letters).hasSizeBetween(1, RECORDS);
        }
        assertThat(letters)
                .allSatisfy(letter -> assertThat(letter.getAt().toEpochMilli()).isLessThan(HostileRecords.YEAR_9999));
    }

    @Test
    void frames_that_are_noise_hurt_only_their_video() {
        SplittableRandom random = new SplittableRandom(3);
        for (Codec codec : List.of(Codec.H264, Codec.FFV1)) {
            for (int i = 0; i < 50; i++) {
                byte[] noise = new byte[random.nextInt(1, 200)];
                random.nextBytes(noise);
                byte[] extradata = new byte[codec == Codec.FFV1 ? random.nextInt(1, 50) : 0];
                random.nextBytes(extradata);
                String id = new java.util.UUID(0x4000L, Long.MIN_VALUE + 100 * codec.ordinal() + i).toString();
                stitcher.send(new FrameBatch(
                        id,
                        0,
                        0,
                        true,
                        new EncodedBatch(codec, 16, 16, 24, extradata, new int[] {noise.length}, noise)));
            }
        }

        stitcher.send(small(0));
        stitcher.send(last(1));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), last(1)));
    }
}
