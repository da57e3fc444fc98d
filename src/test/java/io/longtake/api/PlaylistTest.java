package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.library.FragmentList;
import io.longtake.library.StoredFragment;
import io.longtake.video.Mp4Header;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 8216 and its second edition, as a validator checks them. */
class PlaylistTest {

    @Test
    void a_growing_video_has_a_hint_and_no_end() {
        String text = playlist(3, 24, 24, false);

        assertThat(text)
                .startsWith("#EXTM3U\n#EXT-X-VERSION:9\n")
                .contains("#EXT-X-PLAYLIST-TYPE:EVENT\n")
                .contains("CAN-BLOCK-RELOAD=YES")
                .endsWith("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"pieces/4.m4s\"\n")
                .doesNotContain("ENDLIST", "DISCONTINUITY");
    }

    @Test
    void a_video_that_is_over_has_an_end_and_neither_hint_nor_parts() {
        assertThat(playlist(3, 24, 7, true))
                .endsWith("#EXT-X-ENDLIST\n")
                .contains("#EXTINF:0.29167,\npieces/3.m4s\n")
                .doesNotContain("PRELOAD-HINT", "#EXT-X-PART:");
    }

    @ParameterizedTest
    @CsvSource({"1,24,24", "1,24,7", "5,24,24", "5,24,1", "5,8,8", "5,15,15", "40,24,12"})
    void durations_keep_the_targets_and_the_hold_back_is_three_parts(int segments, int rate, int lastFrames) {
        String text = playlist(segments, rate, lastFrames, false);
        double target = number(text, "#EXT-X-TARGETDURATION:(\\d+)");
        double part = number(text, "PART-TARGET=([0-9.]+)");

        assertThat(numbers(text, "#EXTINF:([0-9.]+)")).hasSize(segments).allMatch(d -> Math.round(d) <= target);
        assertThat(numbers(text, "#EXT-X-PART:DURATION=([0-9.]+)")).isNotEmpty().allMatch(d -> d <= part);
        assertThat(part).isLessThanOrEqualTo(target);
        assertThat(number(text, "PART-HOLD-BACK=([0-9.]+)")).isGreaterThanOrEqualTo(2 * part);
        assertThat(number(text, "[,:]HOLD-BACK=([0-9.]+)")).isGreaterThanOrEqualTo(3 * target);
    }

    @Test
    void what_was_said_stays_said_as_the_video_grows() {
        String before = playlist(1, 24, 24, false);
        for (int segments = 2; segments < 20; segments++) {
            String now = playlist(segments, 24, 24, false);
            assertThat(number(now, "#EXT-X-TARGETDURATION:(\\d+)"))
                    .isEqualTo(number(before, "#EXT-X-TARGETDURATION:(\\d+)"));
            assertThat(number(now, "#EXT-X-MEDIA-SEQUENCE:(\\d+)")).isZero();
            assertThat(segments(now)).startsWith(segments(before).toArray(String[]::new));
            before = now;
        }
        String end = playlist(19, 24, 24, true);
        assertThat(segments(end)).isEqualTo(segments(before));
        assertThat(end).contains("#EXT-X-PLAYLIST-TYPE:EVENT");
    }

    @Test
    void parts_are_listed_for_three_target_durations_only() {
        assertThat(numbers(playlist(40, 24, 24, false), "#EXT-X-PART:DURATION=([0-9.]+)"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"3600,24,24", "61,24,24", "75,24,7", "130,15,8"})
    void a_delta_update_leaves_out_what_is_older_than_a_minute_and_nothing_else(int count, int rate, int lastFrames) {
        FragmentList fragments = fragments(count, rate, lastFrames);
        String full = playlist(count, rate, lastFrames, false);
        String delta = new Playlist(fragments, rate, false, Playlist.PlaylistStart.BEGINNING, true).text();

        int skipped = (int) number(delta, "#EXT-X-SKIP:SKIPPED-SEGMENTS=(\\d+)");
        assertThat(number(full, "CAN-SKIP-UNTIL=(\\d+)"))
                .isEqualTo(60)
                .isGreaterThanOrEqualTo(6 * number(full, "TARGETDURATION:(\\d+)"));
        assertThat(segments(delta))
                .isEqualTo(segments(full).subList(skipped, count))
                .hasSizeBetween(60, 61);
        assertThat(delta)
                .doesNotContain("EXT-X-MAP")
                .contains("#EXT-X-MEDIA-SEQUENCE:0\n")
                .hasSizeLessThan(5_000);
    }

    @Test
    void there_is_no_delta_of_a_short_video_or_of_one_that_is_over() {
        assertThat(new Playlist(fragments(60, 24, 24), 24, false, Playlist.PlaylistStart.BEGINNING, true).text())
                .isEqualTo(playlist(60, 24, 24, false));
        assertThat(new Playlist(fragments(90, 24, 24), 24, true, Playlist.PlaylistStart.BEGINNING, true).text())
                .isEqualTo(playlist(90, 24, 24, true));
    }

    @Test
    void every_segment_is_named_behind_its_duration_once() {
        assertThat(segments(playlist(4, 24, 24, false)))
                .containsExactly("pieces/1.m4s", "pieces/2.m4s", "pieces/3.m4s", "pieces/4.m4s");
    }

    @Test
    void a_viewer_starts_at_the_beginning_or_at_the_edge() {
        assertThat(new Playlist(fragments(2, 24, 24), 24, false, Playlist.PlaylistStart.BEGINNING, false).text())
                .contains("#EXT-X-START:TIME-OFFSET=0");
        assertThat(new Playlist(fragments(2, 24, 24), 24, false, Playlist.PlaylistStart.LIVE, false).text())
                .doesNotContain("#EXT-X-START");
    }

    @Test
    void there_is_no_playlist_of_nothing() {
        assertThatThrownBy(() -> new Playlist(FragmentList.EMPTY, 24, false, Playlist.PlaylistStart.LIVE, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_master_playlist_says_what_a_player_needs() {
        Mp4Header header = new Mp4Header("avc1.640C15", 512, 256);

        assertThat(new MasterPlaylist(fragments(2, 24, 12), header, 24, true, "?start=live").text())
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-STREAM-INF:BANDWIDTH=16000,AVERAGE-BANDWIDTH=10667,CODECS="avc1.640C15",RESOLUTION=512x256,FRAME-RATE=24.000
                        live.m3u8?start=live
                        """);
        assertThat(new MasterPlaylist(fragments(2, 24, 24), header, 24, false, "").text())
                .contains("BANDWIDTH=12000,")
                .endsWith("\nlive.m3u8\n");
    }

    private static String playlist(int segments, int rate, int lastFrames, boolean over) {
        return new Playlist(fragments(segments, rate, lastFrames), rate, over, Playlist.PlaylistStart.BEGINNING, false)
                .text();
    }

    /** Segments of a second and 1000 bytes, the last one perhaps shorter. */
    private static FragmentList fragments(int segments, int rate, int lastFrames) {
        List<StoredFragment> fragments = new ArrayList<>(List.of(new StoredFragment(0, 0, 0, "mp4", false, 700)));
        for (int n = 1; n <= segments; n++) {
            fragments.add(
                    new StoredFragment(n, (n - 1L) * rate, n == segments ? lastFrames : rate, "mp4", false, 1000));
        }
        return new FragmentList(fragments);
    }

    private static List<String> segments(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).toList();
    }

    private static double number(String text, String pattern) {
        return numbers(text, pattern).get(0);
    }

    private static List<Double> numbers(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> Double.parseDouble(match.group(1)))
                .toList();
    }
}
