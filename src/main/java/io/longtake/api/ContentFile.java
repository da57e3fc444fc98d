package io.longtake.api;

import io.longtake.library.FragmentList;
import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.video.Codec;
import io.longtake.video.FragmentIndex;
import io.longtake.video.FragmentPlace;
import io.longtake.video.Muxer;
import java.util.ArrayList;
import java.util.List;

/**
 * A video's file as it is downloaded: its fragments. If the video ended elsewhere than it was ordered to, the header says the
 * length that it has; if it has no last fragment, because it was cancelled or failed, the index comes behind what it has. So every
 * video that is over is a whole file.
 */
final class ContentFile {

    private final LibraryVideo video;
    private final FragmentList fragments;
    private final byte[] index;

    ContentFile(LibraryVideo video) {
        this.video = video;
        this.fragments = video.fragments();
        this.index = endsEarly() ? index(fragments) : new byte[0];
    }

    long length() {
        return fragments.bytes() + index.length;
    }

    /** What to read, one after the other, for bytes {@code from} to {@code to - 1}. */
    List<ContentRun> runs(long from, long to) {
        long end = fragments.bytes();
        List<ContentRun> runs = new ArrayList<>();
        if (from < end) {
            fragments.slices(from, Math.min(to, end)).forEach(slice -> runs.addAll(ContentRun.of(video, slice)));
        }
        if (to > end) {
            runs.add(new ContentRun.BytesRun(index, (int) (Math.max(from, end) - end), (int) (to - end)));
        }
        return runs;
    }

    private boolean endsEarly() {
        return video.over() && !fragments.complete() && fragments.container().equals(Codec.H264.container());
    }

    private static byte[] index(FragmentList fragments) {
        List<FragmentPlace> places = new ArrayList<>();
        long offset = 0;
        for (StoredFragment fragment : fragments.all()) {
            if (fragment.number() > 0) {
                places.add(new FragmentPlace(fragment.firstFrame(), offset));
            }
            offset += fragment.bytes();
        }
        return Muxer.index(Codec.H264, new FragmentIndex(places));
    }
}
