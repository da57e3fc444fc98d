package io.longtake.api;

import io.longtake.library.FragmentList;
import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.library.VideoStore;
import io.longtake.video.Codec;
import io.longtake.video.Muxer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes of a video that are read at once: so few that many readers fit into memory. */
sealed interface ContentRun {

    int MAX_BYTES = 256 * 1024;

    byte[] read(VideoStore store);

    /** A run of a fragment as it is stored. */
    record StoredRun(String videoId, FragmentList.Slice slice) implements ContentRun {
        @Override
        public byte[] read(VideoStore store) {
            return store.read(videoId, slice.fragment(), slice.from(), slice.length());
        }
    }

    /** A run of the header of an MP4 that is over, with the length that it has. */
    record HeaderRun(String videoId, FragmentList.Slice slice, long frames) implements ContentRun {
        @Override
        public byte[] read(VideoStore store) {
            StoredFragment header = slice.fragment();
            byte[] ended = Muxer.ended(store.read(videoId, header, 0, header.bytes()), frames);
            return Arrays.copyOfRange(ended, (int) slice.from(), (int) slice.from() + slice.length());
        }
    }

    /** Bytes {@code from} to {@code to - 1} of what is in memory. */
    record BytesRun(byte[] all, int from, int to) implements ContentRun {
        @Override
        public byte[] read(VideoStore store) {
            return Arrays.copyOfRange(all, from, to);
        }
    }

    /** What to read for a slice of a video. */
    static List<ContentRun> of(LibraryVideo video, FragmentList.Slice slice) {
        if (slice.fragment().number() == 0
                && video.over()
                && slice.fragment().container().equals(Codec.H264.container())) {
            return List.of(new HeaderRun(video.id(), slice, video.fragments().frames()));
        }
        List<ContentRun> runs = new ArrayList<>();
        for (int at = 0; at < slice.length(); at += MAX_BYTES) {
            runs.add(new StoredRun(
                    video.id(),
                    new FragmentList.Slice(
                            slice.fragment(), slice.from() + at, Math.min(MAX_BYTES, slice.length() - at))));
        }
        return runs;
    }
}
