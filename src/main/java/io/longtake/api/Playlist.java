package io.longtake.api;

import io.longtake.library.FragmentList;
import io.longtake.library.StoredFragment;
import java.util.List;
import java.util.Locale;

/**
 * A video as a media playlist of low-latency HLS (RFC 8216 and its second edition, draft-pantos-hls-rfc8216bis). Our workers
 * finish a second at once, so a fragment is a segment, and its only part. Segments are numbered from 0 and none ever leaves:
 * the media sequence stays 0, and there are no discontinuities.
 *
 * @param fragments what there is; at least one segment
 * @param frameRate frames per second
 * @param over whether no more comes
 * @param start where a player begins
 * @param delta whether the player has one that is not much older, so that the segments before {@link #SKIP_UNTIL} may be left out; of a
 *     video that is over all are told
 */
record Playlist(FragmentList fragments, int frameRate, boolean over, PlaylistStart start, boolean delta) {

    /** Where a viewer who comes late begins. */
    enum PlaylistStart {
        BEGINNING,
        LIVE
    }

    /** Seconds from the end: what a delta update leaves out lies before (section 4.4.3.8 says at least six target durations). */
    private static final int SKIP_UNTIL = 60;

    /** Parts are listed for so many target durations behind the edge (section 4.4.4.9 says three). */
    private static final int PARTS_LISTED = 3;

    Playlist {
        if (!fragments.playable() || frameRate < 1) {
            throw new IllegalArgumentException("playlist: expected at least one segment and a frame rate above 0");
        }
    }

    /** No segment is longer, when rounded; the first is as long as any, so this never changes (section 4.4.3.1). */
    int targetDuration() {
        return (int) Math.max(1, Math.ceil(longest()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "#EXTM3U");
        line(text, "#EXT-X-VERSION:9");
        line(text, "#EXT-X-TARGETDURATION:%d", targetDuration());
        line(
                text,
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=%d,PART-HOLD-BACK=%.3f,HOLD-BACK=%d",
                skipUntil(),
                3 * longest(),
                3 * targetDuration());
        line(text, "#EXT-X-PART-INF:PART-TARGET=%.5f", longest());
        line(text, "#EXT-X-MEDIA-SEQUENCE:0");
        line(text, "#EXT-X-PLAYLIST-TYPE:EVENT"); // also at its end: what was said must not change (section 6.2.1)
        line(text, "#EXT-X-INDEPENDENT-SEGMENTS");
        if (start == PlaylistStart.BEGINNING) {
            line(text, "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES");
        }
        List<StoredFragment> segments = fragments.segments();
        int skipped = delta && !over ? skipped(segments) : 0;
        if (skipped > 0) {
            line(text, "#EXT-X-SKIP:SKIPPED-SEGMENTS=%d", skipped);
        } else {
            line(text, "#EXT-X-MAP:URI=\"init.mp4\"");
        }
        List<StoredFragment> told = segments.subList(skipped, segments.size());
        double rest = told.stream().mapToDouble(this::seconds).sum();
        for (StoredFragment segment : told) {
            rest -= seconds(segment);
            if (!over && rest < PARTS_LISTED * targetDuration()) {
                line(
                        text,
                        "#EXT-X-PART:DURATION=%.5f,INDEPENDENT=YES,URI=\"%s\"",
                        seconds(segment),
                        address(segment.number()));
            }
            line(text, "#EXTINF:%.5f,", seconds(segment));
            line(text, "%s", address(segment.number()));
        }
        line(text, over ? "#EXT-X-ENDLIST" : "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + address(fragments.next()) + "\"");
        return text.toString();
    }

    private int skipUntil() {
        return Math.max(SKIP_UNTIL, 6 * targetDuration());
    }

    /** How many lie wholly before the boundary. */
    private int skipped(List<StoredFragment> segments) {
        double end = segments.stream().mapToDouble(this::seconds).sum() - skipUntil();
        int skipped = 0;
        for (double at = seconds(segments.get(0)); at <= end; at += seconds(segments.get(skipped))) {
            skipped++;
        }
        return skipped;
    }

    private double longest() {
        return fragments.segments().stream().mapToDouble(this::seconds).max().orElseThrow();
    }

    private double seconds(StoredFragment segment) {
        return (double) segment.frames() / frameRate;
    }

    private static String address(int number) {
        return "pieces/" + number + ".m4s";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
