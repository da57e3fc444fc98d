package io.longtake.stitch;

import io.longtake.event.NewerRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stitcher's two stores: videos by video id; copies by video id, segment and fingerprint, and beside them where fragments lie:
 * a store of their own would be another topology.
 */
final class StitcherStores {

    static final String VIDEOS = "films";
    static final String COPIES = "copies";

    private static final String WRITTEN = "/written/";
    private static final int DIGITS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(StitcherStores.class);

    private final KeyValueStore<String, byte[]> videos;
    private final KeyValueStore<String, byte[]> copies;

    StitcherStores(ProcessingContext context) {
        this.videos = context.getStateStore(VIDEOS);
        this.copies = context.getStateStore(COPIES);
    }

    static List<StoreBuilder<?>> stores() {
        return List.of(store(VIDEOS), store(COPIES));
    }

    private static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    StitchedVideo video(String videoId) {
        return Optional.ofNullable(videos.get(videoId))
                .map(StitcherState::video)
                .orElseGet(StitchedVideo.Unfinished::unseen);
    }

    void put(String videoId, StitchedVideo video) {
        videos.put(videoId, StitcherState.encode(video));
    }

    /** All copies of a batch by fingerprint, in an order that depends on nothing else. */
    Map<String, BatchCopy> copies(String videoId, int segment) {
        String prefix = prefix(videoId, segment);
        Map<String, BatchCopy> found = new TreeMap<>();
        scan(prefix).forEach((key, copy) -> found.put(key.substring(prefix.length()), copy));
        return found;
    }

    void put(String videoId, int segment, String fingerprint, BatchCopy copy) {
        copies.put(prefix(videoId, segment) + fingerprint, StitcherState.encode(copy));
    }

    void drop(String videoId, int segment, String fingerprint) {
        copies.delete(prefix(videoId, segment) + fingerprint);
    }

    /**
     * Forgets all copies of a batch.
     *
     * @return how many chunks that were
     */
    int dropCopies(String videoId, int segment) {
        Map<String, BatchCopy> found = scan(prefix(videoId, segment));
        found.keySet().forEach(copies::delete);
        return found.values().stream().mapToInt(BatchCopy::size).sum();
    }

    /** Where a segment's fragment lies in the file; nothing if a version that did not keep that wrote it. */
    Optional<WrittenFragment> fragment(String videoId, int segment) {
        return Optional.ofNullable(copies.get(place(videoId, segment))).map(StitcherState::fragment);
    }

    /** The same of all that are kept, in order. */
    List<WrittenFragment> fragments(String videoId) {
        List<WrittenFragment> found = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = copies.prefixScan(videoId + WRITTEN, new StringSerializer())) {
            all.forEachRemaining(entry -> found.add(StitcherState.fragment(entry.value)));
        }
        return found;
    }

    void put(String videoId, int segment, WrittenFragment fragment) {
        copies.put(place(videoId, segment), StitcherState.encode(fragment));
    }

    /** Forgets all copies of all batches of a video, and where its fragments lie, whether this version can read that or not. */
    void dropCopies(String videoId) {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = copies.prefixScan(videoId + "/", new StringSerializer())) {
            all.forEachRemaining(entry -> found.add(entry.key));
        }
        found.forEach(copies::delete);
    }

    private Map<String, BatchCopy> scan(String prefix) {
        Map<String, BatchCopy> found = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = copies.prefixScan(prefix, new StringSerializer())) {
            all.forEachRemaining(entry -> found.put(entry.key, StitcherState.copy(entry.value)));
        }
        return found;
    }

    /** Forgets videos that no chunk has come for since a time. */
    void forgetSilentSince(long time) {
        List<String> silent = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = videos.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                try {
                    if (StitcherState.video(entry.value).touched() < time) {
                        silent.add(entry.key);
                    }
                } catch (NewerRecordException e) {
                    LOG.debug("{} is left to a later version", entry.key);
                }
            }
        }
        for (String videoId : silent) {
            dropCopies(videoId);
            videos.delete(videoId);
        }
    }

    /** In the order of segments. No copy has such a key, so no version takes it for one. */
    private static String place(String videoId, int segment) {
        String digits = Integer.toString(segment);
        return videoId + WRITTEN + "0".repeat(DIGITS - digits.length()) + digits;
    }

    private static String prefix(String videoId, int segment) {
        return videoId + "/" + segment + "/";
    }
}
