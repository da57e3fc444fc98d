package io.longtake.library;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far Kafka was read: everything before is in the store.
 *
 * @param cluster the Kafka that this is about; another one is read from its beginning
 * @param next offset of the next record, by topic and partition ({@code longtake.videos-0})
 */
record Positions(String cluster, Map<String, Long> next) {

    private static final String NAME = "positions.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    Positions {
        next = new TreeMap<>(next);
    }

    /** Those that the store holds for a Kafka; none where it holds none, or of another Kafka. */
    static Positions in(FilmStore store, String cluster) {
        Optional<Positions> found =
                store.note(NAME).flatMap(Positions::read).filter(kept -> cluster.equals(kept.cluster));
        return found.orElseGet(() -> new Positions(cluster, Map.of()));
    }

    void keep(FilmStore store) {
        try {
            store.note(NAME, JSON.writeValueAsBytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Positions> read(byte[] note) {
        try {
            return Optional.of(JSON.readValue(note, Positions.class));
        } catch (IOException | RuntimeException broken) {
            return Optional.empty();
        }
    }
}
