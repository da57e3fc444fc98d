package io.longtake.library;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far Kafka was read: everything before is in the store, whoever put it there. So servers that share a store share
 * them, the last one wins, and one that starts goes on from any of them.
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

    /** Those that the store holds; none if it holds none. */
    static Optional<Positions> in(VideoStore store) {
        return store.note(NAME).flatMap(Positions::read);
    }

    void keep(VideoStore store) {
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
