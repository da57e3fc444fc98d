package io.longtake.library;

import java.util.ArrayList;
import java.util.List;

/**
 * The file of one film as far as it has come: its pieces without a gap, the header first. Never changes; what grows is a
 * new one.
 *
 * @param pieces numbers 0, 1, 2 …
 */
public record Reel(List<Piece> pieces) {

    public static final Reel EMPTY = new Reel(List.of());

    /** A run of one piece's bytes. */
    public record Slice(Piece piece, long from, int length) {}

    public Reel {
        pieces = List.copyOf(pieces);
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).number() != i) {
                throw new IllegalArgumentException("reel: expected piece " + i + ", got piece "
                        + pieces.get(i).number());
            }
        }
    }

    /** As much of a listing as follows without a gap. */
    static Reel of(List<Piece> listing) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : listing) {
            if (piece.number() == joined.size()) {
                joined.add(piece);
            }
        }
        return new Reel(joined);
    }

    /** One piece longer. */
    Reel with(Piece next) {
        List<Piece> longer = new ArrayList<>(pieces);
        longer.add(next);
        return new Reel(longer);
    }

    /** Number of the piece that would come next. */
    public int next() {
        return pieces.size();
    }

    public boolean has(int number) {
        return number >= 0 && number < pieces.size();
    }

    /** Whether there is something to see: the header and a segment. */
    public boolean playable() {
        return pieces.size() > 1;
    }

    /** The pieces after the header. */
    public List<Piece> segments() {
        return pieces.isEmpty() ? pieces : pieces.subList(1, pieces.size());
    }

    public long frames() {
        return pieces.isEmpty() ? 0 : last().firstFrame() + last().frames();
    }

    /** Length of the file so far. */
    public long bytes() {
        return pieces.stream().mapToLong(Piece::bytes).sum();
    }

    /** Whether the film's last piece is here. */
    public boolean complete() {
        return !pieces.isEmpty() && last().last();
    }

    /** mp4, matroska or rgb24; empty where nothing has come. */
    public String container() {
        return pieces.isEmpty() ? "" : last().container();
    }

    /**
     * What to read of which pieces for bytes {@code from} to {@code to - 1} of the file.
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
        for (Piece piece : pieces) {
            long first = Math.max(from, start);
            long end = Math.min(to, start + piece.bytes());
            if (first < end) {
                slices.add(new Slice(piece, first - start, (int) (end - first)));
            }
            start += piece.bytes();
        }
        return slices;
    }

    private Piece last() {
        return pieces.get(pieces.size() - 1);
    }
}
