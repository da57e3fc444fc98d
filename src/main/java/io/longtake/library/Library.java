package io.longtake.library;

import io.longtake.director.Admission;
import io.longtake.event.FilmFragment;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvent;
import io.longtake.payload.CorruptPayloadException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what happens and what comes, in whatever order topics are read and however often: the same news twice are the
 * same film. A film that was deleted stays away, though its records come again. Safe for many threads.
 */
public final class Library {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    private final FilmStore store;
    private final RecentPieces pieces;
    private final Shelf shelf = new Shelf();
    private final Assembly assembly = new Assembly();
    private final Set<String> deleted;
    private final Set<String> changed = new LinkedHashSet<>();

    /** With the films that the store holds already. */
    public Library(FilmStore store) {
        this.store = store;
        this.pieces = new RecentPieces(store, RecentPieces.BYTES);
        this.deleted = new HashSet<>(store.deleted());
        for (String id : store.films()) {
            Reel reel = Reel.of(store.pieces(id));
            store.document(id, VideoJson.NAME)
                    .flatMap(VideoJson::read)
                    .ifPresentOrElse(
                            video -> shelf.put(Film.stored(video, reel)),
                            () -> LOG.warn("{}: without {}, not on the shelf", id, VideoJson.NAME));
        }
    }

    public Shelf shelf() {
        return shelf;
    }

    public FilmStore store() {
        return store;
    }

    /** Where to read what others read, too. */
    public RecentPieces pieces() {
        return pieces;
    }

    /** Whether a film was here and was deleted. */
    public synchronized boolean wasDeleted(String videoId) {
        return deleted.contains(videoId);
    }

    /** @param at milliseconds since 1970: when Kafka took it */
    synchronized void take(PromptEvent prompt, long at) {
        if (welcome(prompt.getVideoId())) {
            Film film = film(prompt.getVideoId(), at);
            put(film.with(film.video().wished(Wish.of(prompt), at)));
        }
    }

    /** @param offset where it lies in its partition, which is that of all events of its film */
    synchronized void take(VideoEvent event, long offset) {
        if (welcome(event.getVideoId())) {
            Film film = film(event.getVideoId(), event.getAt().toEpochMilli());
            Video now = film.video().after(event, offset);
            if (now != film.video()) {
                put(film.with(now, new Happening(offset, event)));
            }
        }
    }

    /**
     * Keeps a fragment when all its records are there and it is the film's next.
     *
     * @throws CorruptPayloadException if a record is not what it should be
     */
    synchronized void take(FilmFragment record, long at) {
        String id = record.getVideoId();
        if (!welcome(id)) {
            return;
        }
        Film film = film(id, at);
        if (film.over() || record.getFragment() != film.reel().next()) {
            return; // seen before, or of no use without those that are gone
        }
        assembly.add(record).ifPresent(bytes -> {
            Piece piece = Piece.of(record, bytes.length);
            store.put(id, piece, bytes);
            pieces.put(id, piece, bytes);
            put(film.with(film.reel().with(piece)));
        });
    }

    /** Removes a film, and whatever comes of it later. */
    public synchronized void delete(String videoId) {
        store.delete(videoId);
        deleted.add(videoId);
        changed.remove(videoId);
        assembly.forget(videoId);
        pieces.forget(videoId);
        shelf.remove(videoId);
    }

    /** Writes down what is known of the films that have changed: whoever starts again here need not be told twice. */
    synchronized void save() {
        changed.forEach(
                id -> shelf.find(id).ifPresent(film -> store.write(id, VideoJson.NAME, VideoJson.write(film.video()))));
        changed.clear();
    }

    private boolean welcome(String videoId) {
        return Admission.isVideoId(videoId) && !deleted.contains(videoId);
    }

    private Film film(String videoId, long since) {
        return shelf.find(videoId).orElseGet(() -> Film.stored(Video.unknown(videoId, since), Reel.EMPTY));
    }

    private void put(Film film) {
        shelf.put(film);
        changed.add(film.id());
    }
}
