package io.longtake.library;

import io.longtake.event.DeleteEvent;
import io.longtake.event.FragmentChunk;
import io.longtake.event.Principal;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import io.longtake.event.VideoId;
import io.longtake.payload.CorruptPayloadException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what happens and what comes, in whatever order topics are read and however often: the same news twice are the
 * same video. A video that was deleted stays away, though its records come again. Several libraries may share a store: each
 * writes what it knows, and none of them hides what another knows. Safe for many threads.
 */
public final class Library {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    /** Prompts that were sent from here and not read yet. There are this many only if nothing is read for minutes. */
    static final int MAX_UNREAD = 10_000;

    private final VideoStore store;
    private final FragmentCache fragments;
    private final LibraryVideos videos = new LibraryVideos();
    private final FragmentAssembly assembly = new FragmentAssembly();
    private final VideoDocuments documents;
    private final Optional<Positions> positions;
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> unread = ConcurrentHashMap.newKeySet();
    private final BiConsumer<Principal, String> others;

    /** With the videos that the store holds already, and nobody else who serves them. */
    public Library(VideoStore store) {
        this(store, (asker, videoId) -> {});
    }

    /** The same, without patience if the store is away. */
    public Library(VideoStore store, BiConsumer<Principal, String> others) {
        this(store, others, Patience.none());
    }

    /**
     * With the videos that the store holds already.
     *
     * @param others told before a video is deleted: who asks for that, and its id
     * @param patience with a store that is away while these videos are read; afterwards what the store cannot do fails at once
     */
    public Library(VideoStore store, BiConsumer<Principal, String> others, Patience patience) {
        this.store = store;
        this.fragments = new FragmentCache(store, FragmentCache.BYTES);
        this.others = others;
        this.documents = new VideoDocuments(store);
        // before the videos: another server may write both meanwhile, and what is before the positions must be
        // among the videos
        this.positions = patience.get(() -> Positions.in(store));
        deleted.addAll(patience.get(store::deleted));
        InParallel.forEach(patience.get(store::videos), id -> patience.run(() -> load(id)));
    }

    private void load(String id) {
        StoreListing listing = store.listing(id);
        documents
                .read(id, listing)
                .ifPresentOrElse(
                        history -> videos.put(LibraryVideo.stored(history, FragmentList.of(listing.fragments()))),
                        () -> LOG.warn("{}: nothing says what it is, so it is not served", id));
    }

    public LibraryVideos videos() {
        return videos;
    }

    public VideoStore store() {
        return store;
    }

    /** Where to read what others read, too. */
    public FragmentCache fragments() {
        return fragments;
    }

    /** Where to go on in a Kafka; nothing if the store knows nothing of that one. */
    Map<String, Long> positions(String cluster) {
        return positions
                .filter(kept -> kept.cluster().equals(cluster))
                .map(Positions::next)
                .orElse(Map.of());
    }

    /** Whether a video was here and was deleted. */
    public boolean wasDeleted(String videoId) {
        return deleted.contains(videoId);
    }

    /**
     * A prompt that was sent from here, and that Kafka has: its video is known from now on, though it has not been read from
     * there yet. Whatever has been read of it stays. Waits for nobody. If very many have not been read, no more are kept.
     *
     * @param at milliseconds since 1970: the time of its record
     * @return the video as it is known now
     */
    public LibraryVideo sent(PromptEvent prompt, long at) {
        String id = prompt.getVideoId();
        LibraryVideo expected = LibraryVideo.expected(prompt, at);
        if (unread.size() >= MAX_UNREAD) {
            return videos.find(id).orElse(expected);
        }
        unread.add(id);
        LibraryVideo known = videos.merge(expected);
        if (known != expected) { // read meanwhile
            unread.remove(id);
        }
        if (deleted.contains(id)) { // meanwhile, too
            unread.remove(id);
            videos.remove(id);
        }
        return known;
    }

    /** @param at milliseconds since 1970: when Kafka took it */
    synchronized void take(PromptEvent prompt, long at) {
        if (welcome(prompt.getVideoId())) {
            LibraryVideo video = video(prompt.getVideoId(), at);
            put(video.with(video.history().prompted(PromptDetails.of(prompt), at)));
        }
        unread.remove(prompt.getVideoId());
    }

    /**
     * @param offset where it lies in its partition, which is that of all events of its video
     * @throws io.longtake.event.UnreadableRecordException if a part of it is missing or cannot be
     */
    synchronized void take(VideoEvent event, long offset) {
        VideoEvents.check(event);
        if (welcome(event.getVideoId())) {
            LibraryVideo video = video(event.getVideoId(), event.getAt().toEpochMilli());
            VideoHistory now = video.history().after(event, offset);
            if (now != video.history()) {
                put(video.with(now, new StoredEvent(offset, event)));
            }
        }
    }

    /**
     * Keeps a fragment when all its records are there and it is the video's next.
     *
     * @throws CorruptPayloadException if a record is not what it should be
     */
    synchronized void take(FragmentChunk record, long at) {
        String id = record.getVideoId();
        if (!welcome(id)) {
            return;
        }
        LibraryVideo video = video(id, at);
        if (!video.awaits(record.getFragment())) {
            return; // seen before, or of no use without those that are gone
        }
        if (record.getFirstFrame() != video.fragments().frames()) {
            throw new CorruptPayloadException(String.format(
                    Locale.ROOT,
                    "fragment %d of video %s, first_frame: expected %d, got %d",
                    record.getFragment(),
                    id,
                    video.fragments().frames(),
                    record.getFirstFrame()));
        }
        assembly.add(record).ifPresent(bytes -> {
            StoredFragment fragment = StoredFragment.of(record, bytes.length);
            store.put(id, fragment, bytes);
            assembly.forget(id);
            fragments.put(id, fragment, bytes);
            put(video.with(video.fragments().with(fragment)));
        });
    }

    /** Somebody removes a video, perhaps on another server: however often this is heard, its files go. */
    void take(DeleteEvent event) {
        if (VideoId.isOne(event.getVideoId())) {
            remove(event.getVideoId());
        }
    }

    /** Removes a video on every server, and whatever comes of it later. */
    public void delete(Principal asker, String videoId) {
        others.accept(asker, StoreNames.videoId(videoId));
        remove(videoId);
    }

    /** Its files go when nothing more of it is put; this may take seconds, for which nobody else should wait. */
    private void remove(String videoId) {
        synchronized (this) {
            deleted.add(videoId);
            changed.remove(videoId);
            unread.remove(videoId);
            assembly.forget(videoId);
            documents.forget(videoId);
            fragments.forget(videoId);
            videos.remove(videoId);
        }
        store.delete(videoId);
    }

    /** Writes down what is known of the videos that have changed: whoever starts again here need not be told twice. */
    synchronized void save() {
        for (String id : List.copyOf(changed)) {
            videos.find(id).map(LibraryVideo::history).ifPresent(documents::write);
            changed.remove(id);
        }
    }

    private boolean welcome(String videoId) {
        return VideoId.isOne(videoId) && !deleted.contains(videoId);
    }

    private LibraryVideo video(String videoId, long since) {
        return videos.find(videoId)
                .orElseGet(() -> LibraryVideo.stored(VideoHistory.unknown(videoId, since), FragmentList.EMPTY));
    }

    private void put(LibraryVideo video) {
        videos.put(video);
        changed.add(video.id());
    }
}
