package io.longtake.client;

import io.longtake.event.FilmFragment;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FilmFragments;
import io.longtake.payload.PayloadMissingException;

/** Lets the pieces of a film's file through once each and in order: fragment by fragment, chunk by chunk. */
final class FragmentOrder {

    private final String videoId;
    private int fragment;
    private int chunk;
    private boolean done;
    /** Of the fragment that is coming: the others must say the same. */
    private FilmFragment first;

    /** @param fragment that comes first */
    FragmentOrder(String videoId, int fragment) {
        this.videoId = videoId;
        this.fragment = fragment;
    }

    /**
     * Whether this piece is the next one, rather than one that came before, or a damaged one.
     *
     * @throws PayloadMissingException if it lies beyond the next one
     */
    boolean admits(FilmFragment piece) {
        try {
            FilmFragments.check(piece);
        } catch (CorruptPayloadException foreign) {
            return false;
        }
        if (done || piece.getFragment() < fragment) {
            return false;
        }
        if (piece.getFragment() == fragment && chunk > 0) {
            if (FilmFragments.agree(first, piece)) {
                if (piece.getChunk() < chunk) {
                    return false;
                }
            } else if (piece.getChunk() > 0) {
                return false; // somebody's claim
            } else {
                chunk = 0; // another copy begins: the chunks of the true one come together
            }
        }
        if (piece.getFragment() != fragment || piece.getChunk() != chunk) {
            throw new PayloadMissingException(
                    "film %s: expected fragment %d, chunk %d, found fragment %d, chunk %d: those between are damaged or gone, or the subscription started too late"
                            .formatted(videoId, fragment, chunk, piece.getFragment(), piece.getChunk()));
        }
        if (chunk == 0) {
            first = piece;
        }
        if (++chunk == piece.getChunkCount()) {
            chunk = 0;
            fragment++;
            done = piece.getLast();
        }
        return true;
    }

    boolean isDone() {
        return done;
    }
}
