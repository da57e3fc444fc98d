package io.longtake.library;

import java.util.ArrayList;
import java.util.List;

/**
 * The file of one video as far as it has come: its fragments without a gap, the header first. Never changes; what grows is a
 * new one.
 *
 * @param fragments numbers 0, 1, 2 …
 */
public record Reel(List<StoredFragment> fragments) {

    public static final Reel EMPTY = new Reel(List.of());

    /** A run of one fragment's bytes. */
    public record Slice(StoredFragment fragment, long from, int length) {}

    public Reel {
        fragments = List.copyOf(fragments);
        for (int i = 0; i < fragments.size(); i++) {
            if (fragments.get(i).number() != i) {
                throw new IllegalArgumentException("reel: expected fragment " + i + ", got fragment "
                        + fragments.get(i).number());
            }
        }
    }

    /** As much of a listing as follows without a gap. */
    static Reel of(List<StoredFragment> listing) {
        List<StoredFragment> joined = new ArrayList<>();
        for (StoredFragment fragment : listing) {
            if (fragment.number() == joined.size()) {
                joined.add(fragment);
            }
        }
        return new Reel(joined);
    }

    /** One fragment longer. */
    Reel with(StoredFragment next) {
        List<StoredFragment> longer = new ArrayList<>(fragments);
        longer.add(next);
        return new Reel(longer);
    }

    /** Number of the fragment that would come next. */
    public int next() {
        return fragments.size();
    }

    public boolean has(int number) {
        return number >= 0 && number < fragments.size();
    }

    /** Whether there is something to see: the header and a segment. */
    public boolean playable() {
        return fragments.size() > 1;
    }

    /** The fragments after the header. */
    public List<StoredFragment> segments() {
        return fragments.isEmpty() ? fragments : fragments.subList(1, fragments.size());
    }

    public long frames() {
        return fragments.isEmpty() ? 0 : last().firstFrame() + last().frames();
    }

    /** Length of the file so far. */
    public long bytes() {
        return fragments.stream().mapToLong(StoredFragment::bytes).sum();
    }

    /** Whether the video's last fragment is here. */
    public boolean complete() {
        return !fragments.isEmpty() && last().last();
    }

    /** mp4, matroska or rgb24; empty where nothing has come. */
    public String container() {
        return fragments.isEmpty() ? "" : last().container();
    }

    /**
     * What to read of which fragments for bytes {@code from} to {@code to - 1} of the file.
     *
     * @throws IllegalArgumentException if there are no such bytes
     */
    public List<Slice> slices(long from, long to) {
        if (from < 0 || to < from || to > bytes()) {
            throw new IllegalArgumentException(
                    "bytes: expected a run within 0 .. " + bytes() + ", got " + from + " .. " + to);
        }
        List<Slice> slices = new ArrayList<>();
        long start = 0;
        for (StoredFragment fragment : fragments) {
            long first = Math.max(from, start);
            long end = Math.min(to, start + fragment.bytes());
            if (first < end) {
                slices.add(new Slice(fragment, first - start, (int) (end - first)));
            }
            start += fragment.bytes();
        }
        return slices;
    }

    private StoredFragment last() {
        return fragments.get(fragments.size() - 1);
    }
}
