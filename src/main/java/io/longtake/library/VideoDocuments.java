package io.longtake.library;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How videos stand, in a store that several servers may write, each as far as it has read. A document is never written over:
 * its name says how much it knows ({@code video.18.1.json}: the events up to 17, and one prompt), so one that knows less
 * cannot take the place of one that knows more. Whoever writes a new one drops those that it has taken in.
 */
final class VideoDocuments {

    /** Also {@code video.json}, as libraries of one server had it. */
    private static final Pattern NAME = Pattern.compile("video(\\.\\d{1,19}\\.\\d{1,9})?\\.json");

    private static final int TRIES = 5;

    private final VideoStore store;
    private final Map<String, Set<String>> takenIn = new ConcurrentHashMap<>();

    VideoDocuments(VideoStore store) {
        this.store = store;
    }

    /** All that the documents of a video say; nothing if there is none, or none that can be read. */
    Optional<VideoHistory> read(String videoId, StoreListing listed) {
        StoreListing listing = listed;
        for (int tries = 0; tries < TRIES; tries++) {
            Map<String, byte[]> found = contents(videoId, listing);
            if (found.size() == names(listing).count()) {
                return joined(videoId, found);
            }
            // another server has just dropped one: what it says is in a newer one
            listing = store.listing(videoId);
        }
        String message = "video " + videoId + ": its documents change faster than they can be read";
        throw new PassingFaultException(message, new IOException(message));
    }

    private Map<String, byte[]> contents(String videoId, StoreListing listing) {
        Map<String, byte[]> found = new HashMap<>();
        names(listing).forEach(name -> store.document(videoId, name).ifPresent(bytes -> found.put(name, bytes)));
        return found;
    }

    private Optional<VideoHistory> joined(String videoId, Map<String, byte[]> found) {
        Set<String> names = new HashSet<>();
        Optional<VideoHistory> known = Optional.empty();
        for (Map.Entry<String, byte[]> document : found.entrySet()) {
            Optional<VideoHistory> one = VideoJson.read(document.getValue());
            if (one.isPresent()) {
                names.add(document.getKey());
                known = Optional.of(known.map(one.get()::and).orElse(one.get()));
            }
        }
        takenIn.put(videoId, names);
        return known;
    }

    /** Writes what is known of a video, if it is more than is there. */
    void write(VideoHistory history) {
        String name = name(history);
        Set<String> older = takenIn.getOrDefault(history.id(), Set.of());
        if (!older.contains(name)) {
            store.write(history.id(), name, VideoJson.write(history));
        }
        older.stream().filter(other -> !other.equals(name)).forEach(other -> store.drop(history.id(), other));
        takenIn.put(history.id(), Set.of(name));
    }

    void forget(String videoId) {
        takenIn.remove(videoId);
    }

    private static Stream<String> names(StoreListing listing) {
        return listing.documents().stream().filter(name -> NAME.matcher(name).matches());
    }

    private static String name(VideoHistory history) {
        return String.format(
                Locale.ROOT,
                "video.%d.%d.json",
                history.lastEvent() + 1,
                history.details() == null ? 0 : Math.max(1, history.prompts()));
    }
}
