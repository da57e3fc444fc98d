package io.longtake.stitch;

import io.longtake.video.FragmentPlace;

/**
 * Where a segment's fragment lies in its video's file.
 *
 * @param firstFrame index in the video of its first frame
 * @param offset of its first byte in the file
 */
record WrittenFragment(long firstFrame, long offset, int bytes) {

    /** The fragment behind it. */
    WrittenFragment next(long firstFrame, int bytes) {
        return new WrittenFragment(firstFrame, offset + this.bytes, bytes);
    }

    FragmentPlace place() {
        return new FragmentPlace(firstFrame, offset);
    }
}
