package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.PlayheadEvent;
import io.longtake.event.VideoEventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers of a video of 24 frames a second, whose clock stands still unless the test says otherwise. */
class ViewersTest {

    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final int RATE = 24;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private Library library;
    private LibraryFeed feed;
    private Viewers viewers;

    @BeforeEach
    void open() {
        library = new Library(new LocalVideoStore(folder));
        feed = new LibraryFeed(library);
        feed.event(new Records(ID).accepted(100L * RATE, RATE), 1);
        feed.fragment(ID, 0, 0, false, new byte[] {0});
        viewers = new Viewers(library.videos(), "server", now::get);
    }

    @Test
    void a_video_that_nobody_watches_is_no_news() {
        grow(3);

        assertThat(viewers.news()).isEmpty();
    }

    @Test
    void the_first_viewer_is_news_and_is_at_the_beginning() {
        grow(3);

        watches("a");

        assertThat(viewers.news()).containsExactly(event(1, 0, true));
        assertThat(viewers.news()).as("told").isEmpty();
    }

    @Test
    void a_player_that_says_nothing_is_as_far_as_it_can_have_played_since_it_came() {
        grow(9);
        watches("a");
        viewers.news();
        fetches(9);

        passes(900);
        assertThat(viewers.news()).as("no second further").isEmpty();
        passes(200);
        assertThat(viewers.news()).containsExactly(event(1, 26, true));
    }

    @Test
    void it_is_no_further_than_anybody_has_fetched_and_then_it_rests() {
        grow(9);
        watches("a");
        fetches(2);

        passes(10_000);
        watches("a");

        assertThat(viewers.news()).containsExactly(event(1, 48, false));
    }

    @Test
    void at_the_edge_it_waits_and_goes_on_when_there_is_more() {
        grow(2);
        watches("a");
        fetches(2);
        passes(5_000);
        assertThat(viewers.news()).containsExactly(event(1, 48, true));

        grow(3);
        fetches(3);
        passes(1_000);

        assertThat(viewers.news()).as("from where it waited").containsExactly(event(1, 72, true));
    }

    @Test
    void one_that_began_with_another_server_is_taken_to_have_played_since() {
        grow(50);

        viewers.watches(video(), "a", false, now.get() - 20_000);

        assertThat(viewers.news()).containsExactly(event(1, 480, true));
    }

    @Test
    void one_that_claims_to_have_begun_in_the_future_or_in_1970_is_somewhere_in_the_video() {
        grow(5);

        viewers.watches(video(), "a", false, Long.MAX_VALUE);
        assertThat(viewers.news()).containsExactly(event(1, 0, true));

        viewers.watches(video(), "b", false, 0);
        assertThat(viewers.news()).containsExactly(event(2, 120, true));
    }

    @Test
    void one_that_begins_at_the_live_edge_is_three_seconds_before_it() {
        grow(9);

        viewers.watches(video(), "a", true, now.get());

        assertThat(viewers.news()).containsExactly(event(1, 6 * 24, true));
    }

    @Test
    void one_that_says_where_it_is_is_there() {
        grow(30);
        watches("a");

        viewers.says(video(), "a", 100, false);
        passes(3_000);
        watches("a");
        assertThat(viewers.news()).as("paused").containsExactly(event(1, 100, false));

        viewers.says(video(), "a", 240, true);
        passes(1_000);
        assertThat(viewers.news()).as("playing").containsExactly(event(1, 264, true));

        viewers.says(video(), "a", 0, false);
        assertThat(viewers.news()).as("it jumped back").containsExactly(event(1, 0, false));
    }

    @Test
    void nobody_is_beyond_what_there_is() {
        grow(2);

        viewers.says(video(), "a", Long.MAX_VALUE, true);

        assertThat(viewers.news()).containsExactly(event(1, 48, true));
    }

    @Test
    void the_furthest_counts_and_when_it_is_gone_the_next() {
        grow(30);
        viewers.says(video(), "far", 480, false);
        viewers.says(video(), "near", 24, false);
        assertThat(viewers.news()).containsExactly(event(2, 480, false));

        for (int i = 0; i < 4; i++) {
            passes(5_000);
            watches("near");
        }

        assertThat(viewers.news()).containsExactly(event(1, 24, false));
    }

    @Test
    void one_that_is_silent_for_fifteen_seconds_is_gone_and_the_last_one_is_news_once() {
        grow(3);
        viewers.says(video(), "a", 0, false);
        viewers.news();

        passes(15_001);

        assertThat(viewers.news()).containsExactly(event(0, 0, false));
        assertThat(viewers.news()).isEmpty();
    }

    @Test
    void while_anybody_rests_the_director_is_told_every_five_seconds() {
        grow(3);
        Viewers.ConnectedViewer viewer = viewers.connect(ID);
        viewers.news();
        int told = 0;

        for (int second = 0; second < 60; second++) {
            passes(1_000);
            told += viewers.news().size();
        }

        assertThat(told).isEqualTo(12);
        viewer.close();
        assertThat(viewers.news()).containsExactly(event(0, 0, false));
    }

    @Test
    void a_connected_viewer_is_where_its_frames_were_taken_to() {
        grow(9);
        Viewers.ConnectedViewer viewer = viewers.connect(ID);
        viewers.news();

        viewer.took(72);

        assertThat(viewers.news()).containsExactly(event(1, 72, false));
    }

    @Test
    void of_two_that_are_as_far_the_one_that_plays_is_told() {
        grow(2);
        viewers.connect(ID).took(48);
        viewers.says(video(), "a", 48, true);

        assertThat(viewers.news()).containsExactly(event(2, 48, true));
    }

    @Test
    void a_video_that_is_over_has_no_viewers() {
        grow(1);
        watches("a");
        viewers.news();
        feed.event(new Records(ID).event(VideoEventKind.CANCELLED, 24), 9);

        watches("b");
        viewers.says(video(), "c", 0, true);

        assertThat(viewers.news()).isEmpty();
    }

    @Test
    void whoever_waits_for_the_first_picture_does_not_watch_yet() {
        watches("a");

        assertThat(viewers.news()).isEmpty();
    }

    @Test
    void a_server_that_stops_says_farewell_for_all() {
        grow(2);
        watches("a");
        viewers.connect(ID);
        viewers.news();

        assertThat(viewers.farewell()).containsExactly(event(0, 0, false));
    }

    @Test
    void a_hundred_thousand_invented_viewers_are_at_most_ten_thousand() {
        grow(1);

        for (int i = 0; i < 100_000; i++) {
            watches("viewer" + i);
        }

        List<PlayheadEvent> news = viewers.news();
        assertThat(news).hasSize(1);
        assertThat(news.get(0).getViewers()).isEqualTo(10_000);
    }

    private void grow(int segments) {
        for (int fragment = video().fragments().next(); fragment <= segments; fragment++) {
            feed.fragment(ID, fragment, RATE, false, new byte[] {(byte) fragment});
        }
    }

    private void watches(String viewer) {
        viewers.watches(video(), viewer, false, now.get());
    }

    private void fetches(int fragment) {
        viewers.fetched(video(), video().fragments().all().get(fragment));
    }

    private void passes(long millis) {
        now.addAndGet(millis);
    }

    private LibraryVideo video() {
        return library.videos().find(ID).orElseThrow();
    }

    private PlayheadEvent event(int viewers, long frame, boolean playing) {
        return new PlayheadEvent(ID, "server", viewers, frame, playing, java.time.Instant.ofEpochMilli(now.get()));
    }
}
