package io.longtake.bench.viewers;

/**
 * What one viewer saw of a video.
 *
 * @param kind of viewer
 * @param bytes of video that it got
 * @param frames that it got
 * @param missed frames that it was told it missed
 * @param crc32c of the file that it got: header and segments, one after the other
 * @param fault why it stopped before the video's end; empty: it did not
 */
public record ViewerResult(ViewerKind kind, long bytes, long frames, long missed, long crc32c, String fault) {

    /** How a viewer watches. */
    public enum ViewerKind {
        SOCKET,
        STALLED,
        HLS
    }

    /** Whether this is the whole video. */
    public boolean all(long videoFrames, long videoCrc32c) {
        return fault.isEmpty() && frames == videoFrames && crc32c == videoCrc32c;
    }
}
