package io.longtake.library;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where videos lie as files. What was written is there whole or not at all, whoever reads meanwhile; writing it again does
 * no harm. For many threads, and for several processes at once. Video ids are UUIDs in canonical form, documents have names
 * like {@code video.json} or {@code video.17.1.json}: every other text is refused with an {@link IllegalArgumentException}.
 * What goes wrong below is an {@link java.io.UncheckedIOException}, at once; a {@link PassingFaultException} if it may pass by
 * itself.
 */
public interface VideoStore {

    /** Keeps a fragment; it never changes afterwards. */
    void put(String videoId, StoredFragment fragment, byte[] bytes);

    /**
     * A run of a fragment's bytes.
     *
     * @param from first byte, from 0
     * @param length of the run; it ends within the fragment
     */
    byte[] read(String videoId, StoredFragment fragment, long from, int length);

    /** What there is of a video; nothing if it is unknown. */
    StoreListing listing(String videoId);

    /** Fragments of a video, in order of their numbers; none if it is unknown. */
    default List<StoredFragment> fragments(String videoId) {
        return listing(videoId).fragments();
    }

    /**
     * Keeps a small document about a video, over what was there under this name. Of two processes that write the same name
     * one is the last, and nobody says which: what must not be lost has a name of its own.
     */
    void write(String videoId, String document, byte[] bytes);

    Optional<byte[]> document(String videoId, String name);

    /** Removes a document; nothing if there is none. */
    void drop(String videoId, String document);

    /** Videos that have fragments or documents. */
    List<String> videos();

    /** Removes a video for good: it is among {@link #deleted()} from now on, and its files go. */
    void delete(String videoId);

    /** Videos that were removed. */
    Set<String> deleted();

    /** Keeps a small document about the store itself. */
    void note(String name, byte[] bytes);

    Optional<byte[]> note(String name);
}
