package io.longtake.stitch;

import io.longtake.event.FragmentChunk;
import io.longtake.event.Outgoing;
import io.longtake.event.Topic;
import io.longtake.payload.FragmentRecords;
import io.longtake.payload.FrameBatch;
import io.longtake.video.FragmentIndex;
import io.longtake.video.FragmentPlace;
import io.longtake.video.Muxer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a video's next batch adds to its file.
 *
 * @param records to be sent; encoded before anything is sent, so that what is wrong with them leaves nothing half-done
 * @param fragment where the batch's fragment lies; nothing if the file gets no index, as when a version that wrote none began it
 */
record VideoFile(List<Outgoing> records, Optional<WrittenFragment> fragment) {

    /** @param stores where the fragments before it lie */
    static VideoFile of(FrameBatch batch, StitcherStores stores) {
        String videoId = batch.videoId();
        List<FragmentChunk> chunks = new ArrayList<>();
        byte[] fragment = Muxer.fragment(batch.segment(), batch.firstFrame(), batch.encoded());
        Optional<WrittenFragment> written;
        if (batch.segment() == 0) {
            byte[] header = Muxer.header(batch.encoded(), batch.plannedFrames());
            chunks.addAll(FragmentRecords.header(videoId, batch.encoded().codec(), header));
            written = Optional.of(new WrittenFragment(batch.firstFrame(), header.length, fragment.length));
        } else {
            written = stores.fragment(videoId, batch.segment() - 1)
                    .map(before -> before.next(batch.firstFrame(), fragment.length));
        }
        chunks.addAll(FragmentRecords.of(batch, batch.last() ? ended(batch, fragment, written, stores) : fragment));
        return new VideoFile(
                chunks.stream()
                        .map(chunk -> Outgoing.of(Topic.SEGMENTS, videoId, chunk))
                        .toList(),
                written.filter(kept -> batch.encoded().codec().hasIndex()));
    }

    /** The file's index belongs to its last fragment, so that header and fragments are the file. */
    private static byte[] ended(
            FrameBatch batch, byte[] fragment, Optional<WrittenFragment> written, StitcherStores stores) {
        List<FragmentPlace> places = Stream.concat(stores.fragments(batch.videoId()).stream(), written.stream())
                .map(WrittenFragment::place)
                .toList();
        if (places.size() <= batch.segment()) {
            return fragment;
        }
        byte[] index = Muxer.index(batch.encoded().codec(), new FragmentIndex(places));
        byte[] all = Arrays.copyOf(fragment, fragment.length + index.length);
        System.arraycopy(index, 0, all, fragment.length, index.length);
        return all;
    }
}
