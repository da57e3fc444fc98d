package io.longtake.video;

/**
 * Where a fragment lies in its video's file.
 *
 * @param firstFrame index in the video of its first frame, which is a key frame
 * @param offset of its first byte in the file
 */
public record FragmentPlace(long firstFrame, long offset) {}
