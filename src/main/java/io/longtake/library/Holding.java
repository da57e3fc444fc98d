package io.longtake.library;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a store has of one film.
 *
 * @param pieces in order of their numbers
 * @param documents their names, in no order
 */
public record Holding(List<Piece> pieces, List<String> documents) {

    public Holding {
        pieces = List.copyOf(pieces);
        documents = List.copyOf(documents);
    }

    /**
     * Of a listing. A file that is shorter or longer than its name says is no piece.
     *
     * @param listing length in bytes by file name
     */
    static Holding of(Map<String, Long> listing) {
        List<Piece> pieces = listing.keySet().stream()
                .flatMap(name -> Piece.named(name).filter(piece -> piece.bytes() == listing.get(name)).stream())
                .sorted(Comparator.comparingInt(Piece::number))
                .toList();
        List<String> documents =
                listing.keySet().stream().filter(Names::isDocument).toList();
        return new Holding(pieces, documents);
    }
}
