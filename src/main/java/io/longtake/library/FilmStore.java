package io.longtake.library;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where films lie as files. What was written is there whole or not at all, whoever reads meanwhile; writing it again does
 * no harm. For many threads, and for several processes at once. Film ids are UUIDs in canonical form, documents have names
 * like {@code video.json} or {@code video.17.1.json}: every other text is refused with an {@link IllegalArgumentException}.
 * What goes wrong below is an {@link java.io.UncheckedIOException}, at once; a {@link PassingFaultException} if it may pass by
 * itself.
 */
public interface FilmStore {

    /** Keeps a piece; it never changes afterwards. */
    void put(String videoId, Piece piece, byte[] bytes);

    /**
     * A run of a piece's bytes.
     *
     * @param from first byte, from 0
     * @param length of the run; it ends within the piece
     */
    byte[] read(String videoId, Piece piece, long from, int length);

    /** What there is of a film; nothing where it is unknown. */
    Holding holding(String videoId);

    /** Pieces of a film, in order of their numbers; none where it is unknown. */
    default List<Piece> pieces(String videoId) {
        return holding(videoId).pieces();
    }

    /**
     * Keeps a small document about a film, over what was there under this name. Of two processes that write the same name
     * one is the last, and nobody says which: what must not be lost has a name of its own.
     */
    void write(String videoId, String document, byte[] bytes);

    Optional<byte[]> document(String videoId, String name);

    /** Removes a document; nothing where there is none. */
    void drop(String videoId, String document);

    /** Films that have pieces or documents. */
    List<String> films();

    /** Removes a film for good: it is among {@link #deleted()} from now on, and its files go. */
    void delete(String videoId);

    /** Films that were removed. */
    Set<String> deleted();

    /** Keeps a small document about the store itself. */
    void note(String name, byte[] bytes);

    Optional<byte[]> note(String name);
}
