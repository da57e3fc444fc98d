package io.longtake.video;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the fragments of an MP4 lie, so that a player that jumps need not look for them: the box {@code mfra} at the file's end
 * (ISO 14496-12, 8.8.9 to 8.8.11).
 *
 * @param fragments all of them, in order
 */
public record FragmentIndex(List<FragmentPlace> fragments) {

    private static final int TRACK = 1;
    /** Version 1: times and offsets of 64 bits. */
    private static final int VERSION = 1 << 24;
    /** Time, offset, and which track fragment, run and sample: the first, in a byte each. */
    private static final int ENTRY = 19;

    private static final int TABLE = Mp4Boxes.HEAD + 16;
    private static final int END = Mp4Boxes.HEAD + 8;

    public FragmentIndex {
        fragments = List.copyOf(fragments);
    }

    byte[] bytes() {
        int table = TABLE + ENTRY * fragments.size();
        int size = Mp4Boxes.HEAD + table + END;
        ByteBuffer out = ByteBuffer.allocate(size);
        Mp4Boxes.begin(out, "mfra", size);
        Mp4Boxes.begin(out, "tfra", table)
                .putInt(VERSION)
                .putInt(TRACK)
                .putInt(0)
                .putInt(fragments.size());
        for (FragmentPlace fragment : fragments) {
            out.putLong(fragment.firstFrame() * ContainerSettings.TICKS).putLong(fragment.offset());
            out.put((byte) 1).put((byte) 1).put((byte) 1);
        }
        // its size once more, so that it is found from the end of the file
        Mp4Boxes.begin(out, "mfro", END).putInt(0).putInt(size);
        return out.array();
    }
}
