package io.longtake.library;

import io.longtake.event.FragmentChunk;
import io.longtake.payload.FragmentRecords;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fragment of a video's file, as a file of its own. Its name says all of this, so that a listing is an index.
 *
 * @param number 0: the video's header; n+1: its segment n
 * @param firstFrame index in the video of its first frame
 * @param frames in it; 0 for the header
 * @param container mp4, matroska or rgb24
 * @param last whether the video ends with it
 * @param bytes its length
 */
public record StoredFragment(int number, long firstFrame, int frames, String container, boolean last, int bytes) {

    private static final Pattern NAME =
            Pattern.compile("(\\d{1,9})_(\\d{1,18})_(\\d{1,9})_(\\d{1,9})(_last)?\\.([a-z0-9]{1,16})");

    public StoredFragment {
        if (number < 0
                || firstFrame < 0
                || bytes < 0
                || bytes > FragmentRecords.MAX_BYTES
                || frames < Math.min(1, number)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "fragment: expected number, first frame, frames and bytes from 0, got %d, %d, %d and %d",
                    number,
                    firstFrame,
                    frames,
                    bytes));
        }
    }

    /** A fragment of which all records have come, its bytes joined. */
    static StoredFragment of(FragmentChunk fragment, int bytes) {
        return new StoredFragment(
                fragment.getFragment(),
                fragment.getFirstFrame(),
                fragment.getFrameCount(),
                fragment.getContainer(),
                fragment.getLast(),
                bytes);
    }

    /** A name without path separators; names of one video sort as its fragments do. */
    public String fileName() {
        return String.format(
                Locale.ROOT, "%06d_%d_%d_%d%s.%s", number, firstFrame, frames, bytes, last ? "_last" : "", container);
    }

    /** The fragment that a file holds; nothing if the name is not that of a fragment. */
    static Optional<StoredFragment> named(String fileName) {
        Matcher name = NAME.matcher(fileName);
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoredFragment(
                    Integer.parseInt(name.group(1)),
                    Long.parseLong(name.group(2)),
                    Integer.parseInt(name.group(3)),
                    name.group(6),
                    name.group(5) != null,
                    Integer.parseInt(name.group(4))));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
