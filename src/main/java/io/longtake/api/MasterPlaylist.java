package io.longtake.api;

import io.longtake.library.FragmentList;
import io.longtake.library.StoredFragment;
import io.longtake.video.Mp4Header;
import java.util.Locale;

/**
 * The playlist that names the only rendition of a video, and what a player must be able to do for it.
 *
 * @param query of the media playlist's address, with its question mark, or empty
 */
record MasterPlaylist(FragmentList fragments, Mp4Header header, int frameRate, boolean over, String query) {

    /** The peak must hold for what has not come yet, too. */
    private static final double HEADROOM = 1.5;

    String text() {
        return String.format(
                Locale.ROOT,
                """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-STREAM-INF:BANDWIDTH=%d,AVERAGE-BANDWIDTH=%d,CODECS="%s",RESOLUTION=%dx%d,FRAME-RATE=%.3f
                live.m3u8%s
                """,
                Math.round(peak() * (over ? 1 : HEADROOM)),
                Math.round(average()),
                header.codecs(),
                header.width(),
                header.height(),
                (double) frameRate,
                query);
    }

    private double peak() {
        return fragments.segments().stream()
                .mapToDouble(this::bitsPerSecond)
                .max()
                .orElse(1);
    }

    private double average() {
        long bytes =
                fragments.segments().stream().mapToLong(StoredFragment::bytes).sum();
        return bytes * 8.0 * frameRate / Math.max(1, fragments.frames());
    }

    private double bitsPerSecond(StoredFragment segment) {
        return segment.bytes() * 8.0 * frameRate / segment.frames();
    }
}
