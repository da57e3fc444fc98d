package io.longtake.client;

import java.util.Arrays;
import java.util.Locale;

/**
 * A fragment of a video's file: all of them, one after the other, are the file, which can be played as far as it has come.
 *
 * @param fragment 0 is the file's header; n+1 holds segment n
 * @param firstFrame index in the video of its first frame
 * @param frameCount its frames; 0 for the header
 * @param container mp4 (fragmented, H.264), matroska (FFV1) or rgb24 (raw frames, whose header has no bytes)
 * @param last whether the video ends with it
 * @param bytes of the file; shared, never copied
 */
public record Fragment(int fragment, long firstFrame, int frameCount, String container, boolean last, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Fragment p
                && fragment == p.fragment
                && firstFrame == p.firstFrame
                && frameCount == p.frameCount
                && container.equals(p.container)
                && last == p.last
                && Arrays.equals(bytes, p.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * fragment + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Fragment[%d: %d frames from %d, %s, %d bytes%s]",
                fragment,
                frameCount,
                firstFrame,
                container,
                bytes.length,
                last ? ", last" : "");
    }
}
