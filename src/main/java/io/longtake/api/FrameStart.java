package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;

/** Where in a video a viewer begins. */
sealed interface FrameStart {

    /** Number of the fragment to begin with. One that is not there yet is waited for, and then asked for again. */
    int fragment(LibraryVideo video);

    /**
     * How many frames it has, or does without: a video is made only so far ahead of its viewers, and one who comes back to the
     * edge must not hold it at the beginning. Whatever is beyond the video's edge means the edge.
     */
    long reached();

    /** Whether it would rather miss something than be late. */
    default boolean live() {
        return false;
    }

    /** With the segment that holds a frame. */
    record Frame(long frame) implements FrameStart {

        static final Frame FIRST = new Frame(0);

        @Override
        public int fragment(LibraryVideo video) {
            return frame >= video.fragments().frames()
                    ? Math.max(1, video.fragments().next())
                    : video.fragments().segments().stream()
                            .filter(fragment -> fragment.firstFrame() + fragment.frames() > frame)
                            .mapToInt(StoredFragment::number)
                            .findFirst()
                            .orElseThrow();
        }

        @Override
        public long reached() {
            return frame;
        }
    }

    /** Behind a segment. */
    record After(int segment) implements FrameStart {

        @Override
        public int fragment(LibraryVideo video) {
            return segment + 2;
        }

        @Override
        public long reached() {
            return Long.MAX_VALUE;
        }
    }

    /** With the newest segment. */
    record Edge() implements FrameStart {

        @Override
        public int fragment(LibraryVideo video) {
            return Math.max(1, video.fragments().next() - 1);
        }

        @Override
        public long reached() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean live() {
            return true;
        }
    }
}
