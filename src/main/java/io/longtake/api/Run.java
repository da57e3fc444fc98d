package io.longtake.api;

import io.longtake.library.FilmStore;
import io.longtake.library.Reel;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a film that are read at once: so few that many readers fit into memory. */
record Run(Reel.Slice slice) {

    private static final int MOST = 256 * 1024;

    static List<Run> of(List<Reel.Slice> slices) {
        List<Run> runs = new ArrayList<>();
        for (Reel.Slice slice : slices) {
            for (int at = 0; at < slice.length(); at += MOST) {
                runs.add(
                        new Run(new Reel.Slice(slice.piece(), slice.from() + at, Math.min(MOST, slice.length() - at))));
            }
        }
        return runs;
    }

    byte[] read(FilmStore store, String videoId) {
        return store.read(videoId, slice.piece(), slice.from(), slice.length());
    }
}
