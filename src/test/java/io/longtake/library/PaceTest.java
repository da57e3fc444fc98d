package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos of 24 frames a second and a segment, whose segments come at told times. */
class PaceTest {

    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final int RATE = 24;
    private static final long START = 1_000_000;

    @Test
    void two_segments_tell_the_pace() {
        assertThat(Pace.of(video(30, 1, 2000), START).realTimeFactor()).isEmpty();
        assertThat(Pace.of(video(30, 1, 2000), START).smoothStartIn()).isEmpty();

        Pace pace = Pace.of(video(30, 2, 2000), START + 2000);

        assertThat(pace.realTimeFactor()).hasValue(0.5);
    }

    /** The end of the video would be waited for longest: 28 segments at 2 s and caution, less 29 s of playing. */
    @Test
    void a_video_that_comes_slowly_must_get_ahead_first() {
        Pace pace = Pace.of(video(30, 2, 2000), START + 2000);

        assertThat(pace.smoothStartIn().orElseThrow()).isEqualTo(28 * 2 * 1.1 - 29, within(0.001));
    }

    @Test
    void time_that_goes_by_is_time_that_need_not_be_waited() {
        LibraryVideo video = video(30, 2, 2000);

        double then = Pace.of(video, START + 2000).smoothStartIn().orElseThrow();
        double now = Pace.of(video, START + 3000).smoothStartIn().orElseThrow();
        double late = Pace.of(video, START + 900_000).smoothStartIn().orElseThrow();

        assertThat(now).isEqualTo(then - 1, within(0.001));
        assertThat(late).as("no more than the segment that is under way").isEqualTo(then - 2.2, within(0.001));
    }

    @Test
    void a_video_that_comes_faster_than_it_plays_can_start_at_once() {
        Pace pace = Pace.of(video(30, 3, 500), START + 1000);

        assertThat(pace.realTimeFactor()).hasValue(2);
        assertThat(pace.smoothStartIn()).hasValue(0);
    }

    /** Whoever starts when told waits for no segment, if they go on coming as measured. */
    @ParameterizedTest
    @CsvSource({"30, 2, 2000", "30, 5, 2300", "600, 2, 1100", "3, 2, 9000", "2, 2, 2000", "30, 29, 5000", "5, 2, 900"})
    void starting_when_told_never_stalls(int seconds, int come, long every) {
        long now = START + (come - 1) * every;
        double start = Pace.of(video(seconds, come, every), now).smoothStartIn().orElseThrow() * 1000 + now;

        for (int segment = 0; segment < seconds; segment++) {
            long here = START + segment * every;
            assertThat(start + segment * 1000.0).as("segment %d", segment).isGreaterThanOrEqualTo(here);
        }
    }

    @Test
    void only_the_present_pace_counts() {
        List<StoredEvent> news = new ArrayList<>();
        for (int segment = 0; segment < 40; segment++) {
            long at = segment < 20 ? segment * 10_000L : 200_000 + segment * 500L;
            news.add(stitched(segment, START + at));
        }

        assertThat(Pace.of(running(60, 40, news), START + 220_000).realTimeFactor())
                .hasValue(2);
    }

    @Test
    void a_video_that_is_over_plays_at_once_and_tells_how_it_came() {
        List<StoredFragment> fragments = fragments(10, true);
        VideoHistory history = history(10, 10, VideoHistory.Status.FINISHED, START + 18_000);

        Pace pace = Pace.of(new LibraryVideo(history, new FragmentList(fragments), List.of(), 0), START + 900_000);

        assertThat(pace.smoothStartIn()).hasValue(0);
        assertThat(pace.realTimeFactor()).hasValue(0.5);
    }

    private static LibraryVideo video(int seconds, int come, long every) {
        List<StoredEvent> news = new ArrayList<>();
        for (int segment = 0; segment < come; segment++) {
            news.add(stitched(segment, START + segment * every));
        }
        return running(seconds, come, news);
    }

    private static LibraryVideo running(int seconds, int come, List<StoredEvent> news) {
        return new LibraryVideo(
                history(seconds, come, VideoHistory.Status.RUNNING, 0),
                new FragmentList(fragments(come, false)),
                news,
                -1);
    }

    private static VideoHistory history(int seconds, int come, VideoHistory.Status status, long endedAt) {
        return new VideoHistory(
                ID,
                null,
                START - 3000,
                START,
                endedAt,
                status,
                (long) come * RATE,
                (long) seconds * RATE,
                RATE,
                Map.of(),
                "",
                come,
                START - 3000,
                0);
    }

    private static List<StoredFragment> fragments(int segments, boolean complete) {
        List<StoredFragment> fragments = new ArrayList<>(List.of(new StoredFragment(0, 0, 0, "mp4", false, 1)));
        for (int segment = 0; segment < segments; segment++) {
            boolean last = complete && segment == segments - 1;
            fragments.add(new StoredFragment(segment + 1, (long) segment * RATE, RATE, "mp4", last, 1));
        }
        return fragments;
    }

    private static StoredEvent stitched(int segment, long at) {
        VideoEvent event = new Records(ID).event(VideoEventKind.STITCHED, (segment + 1L) * RATE);
        return new StoredEvent(
                segment,
                VideoEvent.newBuilder(event).setAt(Instant.ofEpochMilli(at)).build());
    }
}
