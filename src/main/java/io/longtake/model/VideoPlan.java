package io.longtake.model;

import java.util.List;

/**
 * How a video falls into segments. A pure function of the manifest and the video's length.
 *
 * @param totalFrames of the video
 * @param segmentFrames frames of every segment but perhaps the last
 * @param frameRate frames per second
 * @param stages names of the stages that every segment passes, in order
 */
public record VideoPlan(long totalFrames, int segmentFrames, int frameRate, List<String> stages) {

    public VideoPlan {
        if (totalFrames < 1) {
            throw new IllegalArgumentException("a video has at least 1 frame, got " + totalFrames);
        }
        stages = List.copyOf(stages);
    }

    /**
     * The plan of a video of so many seconds: seconds times the frame rate, rounded to whole frames.
     *
     * @throws IllegalArgumentException if the length is no positive number, rounds to no frame, or exceeds the
     *     manifest's limit
     */
    public static VideoPlan of(ModelManifest manifest, double seconds) {
        double max = manifest.limits().seconds();
        if (!(seconds > 0 && seconds <= max)) {
            throw new IllegalArgumentException("seconds must be above 0 and at most " + max + ", found " + seconds);
        }
        long frames = Math.round(seconds * manifest.video().fps());
        if (frames < 1) {
            throw new IllegalArgumentException(
                    "seconds must give at least 1 frame at " + manifest.video().fps() + " a second, found " + seconds);
        }
        return ofFrames(manifest, frames);
    }

    /** The plan of a video of so many frames, at least 1; the manifest's limit of length holds here too. */
    public static VideoPlan ofFrames(ModelManifest manifest, long frames) {
        long max = Math.round(manifest.limits().seconds() * manifest.video().fps());
        if (frames < 1 || frames > max) {
            throw new IllegalArgumentException("frames must be from 1 to " + max + ", found " + frames);
        }
        return new VideoPlan(
                frames,
                manifest.segment().frames(),
                manifest.video().fps(),
                manifest.pipeline().names());
    }

    /** Number of segments. */
    public int segments() {
        return Math.toIntExact((totalFrames + segmentFrames - 1) / segmentFrames);
    }

    /** Place in the video of the first frame of a segment. */
    public long firstFrame(int segment) {
        return (long) checked(segment) * segmentFrames;
    }

    /** Frames of a segment that the video wants: the last segment may be cut short. */
    public int frameCount(int segment) {
        return (int) Math.min(segmentFrames, totalFrames - firstFrame(segment));
    }

    public boolean isLast(int segment) {
        return checked(segment) == segments() - 1;
    }

    private int checked(int segment) {
        if (segment < 0 || segment >= segments()) {
            throw new IllegalArgumentException("segment must be from 0 to " + (segments() - 1) + ", found " + segment);
        }
        return segment;
    }
}
