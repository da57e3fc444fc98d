package io.longtake.video;

import java.util.Map;

/**
 * How each container is set up.
 *
 * @param format FFmpeg's name of it
 * @param options the muxer's
 */
record ContainerSettings(String format, Map<String, String> options) {

    /** Ticks of the clocks of an MP4, the file's and its track's, in a frame; a clock of thousands a second is what players are used to. */
    static final int TICKS = 1000;

    static ContainerSettings of(EncodedBatch batch, int segment) {
        return switch (batch.codec()) {
            case H264 -> mp4(batch.frameRate(), segment);
            case FFV1 -> matroska();
            case RAW -> throw new IllegalArgumentException("raw frames have no container");
        };
    }

    /** ISO 14496-12: a movie without samples, then a movie fragment each, numbered from 1, timed by its own tfdt. */
    private static ContainerSettings mp4(int frameRate, int segment) {
        return new ContainerSettings(
                "mp4",
                Map.of(
                        "movflags",
                        "empty_moov+frag_custom+default_base_moof+frag_discont+skip_trailer",
                        "use_editlist",
                        "0",
                        "fragment_index",
                        Integer.toString(segment + 1),
                        "movie_timescale",
                        Integer.toString(frameRate * TICKS),
                        "video_track_timescale",
                        Integer.toString(frameRate * TICKS)));
    }

    /** A segment of unknown size, clusters with absolute times in milliseconds, no index. */
    private static ContainerSettings matroska() {
        return new ContainerSettings("matroska", Map.of("live", "1"));
    }
}
