package io.longtake.library;

import java.util.ArrayList;
import java.util.List;

/**
 * The file of one video as far as it has come: its fragments without a gap, the header first. Never changes; what grows is a
 * new one.
 *
 * @param all numbers 0, 1, 2 …
 */
public record FragmentList(List<StoredFragment> all) {

    public static final FragmentList EMPTY = new FragmentList(List.of());

    /** A run of one fragment's bytes. */
    public record Slice(StoredFragment fragment, long from, int length) {}

    public FragmentList {
        all = List.copyOf(all);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).number() != i) {
                throw new IllegalArgumentException("fragments: expected fragment " + i + ", got fragment "
                        + all.get(i).number());
            }
        }
    }

    /** As much of a listing as follows without a gap. */
    static FragmentList of(List<StoredFragment> listing) {
        List<StoredFragment> joined = new ArrayList<>();
        for (StoredFragment fragment : listing) {
            if (fragment.number() == joined.size()) {
                joined.add(fragment);
            }
        }
        return new FragmentList(joined);
    }

    /** One fragment longer. */
    FragmentList with(StoredFragment next) {
        List<StoredFragment> longer = new ArrayList<>(all);
        longer.add(next);
        return new FragmentList(longer);
    }

    /** Number of the fragment that would come next. */
    public int next() {
        return all.size();
    }

    public boolean has(int number) {
        return number >= 0 && number < all.size();
    }

    /** Whether there is something to see: the header and a segment. */
    public boolean playable() {
        return all.size() > 1;
    }

    /** The fragments after the header. */
    public List<StoredFragment> segments() {
        return all.isEmpty() ? all : all.subList(1, all.size());
    }

    public long frames() {
        return all.isEmpty() ? 0 : last().firstFrame() + last().frames();
    }

    /** Length of the file so far. */
    public long bytes() {
        return all.stream().mapToLong(StoredFragment::bytes).sum();
    }

    /** Whether the video's last fragment is here. */
    public boolean complete() {
        return !all.isEmpty() && last().last();
    }

    /** mp4, matroska or rgb24; empty if nothing has come. */
    public String container() {
        return all.isEmpty() ? "" : last().container();
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
        for (StoredFragment fragment : all) {
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
        return all.get(all.size() - 1);
    }
}
