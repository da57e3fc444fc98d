package io.longtake.api;

import io.longtake.library.Reel;
import io.longtake.library.VideoStore;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a video that are read at once: so few that many readers fit into memory. */
record Run(Reel.Slice slice) {

    private static final int MOST = 256 * 1024;

    static List<Run> of(List<Reel.Slice> slices) {
        List<Run> runs = new ArrayList<>();
        for (Reel.Slice slice : slices) {
            for (int at = 0; at < slice.length(); at += MOST) {
                runs.add(new Run(
                        new Reel.Slice(slice.fragment(), slice.from() + at, Math.min(MOST, slice.length() - at))));
            }
        }
        return runs;
    }

    byte[] read(VideoStore store, String videoId) {
        return store.read(videoId, slice.fragment(), slice.from(), slice.length());
    }
}
