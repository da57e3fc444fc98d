package io.longtake.api;

import io.longtake.library.FragmentList;
import io.longtake.library.VideoStore;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a video that are read at once: so few that many readers fit into memory. */
record ContentRun(FragmentList.Slice slice) {

    private static final int MAX_BYTES = 256 * 1024;

    static List<ContentRun> of(List<FragmentList.Slice> slices) {
        List<ContentRun> runs = new ArrayList<>();
        for (FragmentList.Slice slice : slices) {
            for (int at = 0; at < slice.length(); at += MAX_BYTES) {
                runs.add(new ContentRun(new FragmentList.Slice(
                        slice.fragment(), slice.from() + at, Math.min(MAX_BYTES, slice.length() - at))));
            }
        }
        return runs;
    }

    byte[] read(VideoStore store, String videoId) {
        return store.read(videoId, slice.fragment(), slice.from(), slice.length());
    }
}
