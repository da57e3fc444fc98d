package io.longtake.client;

import io.longtake.event.Checksum;
import io.longtake.event.FilmFragment;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.PayloadMissingException;

/** Lets the pieces of a film's file through once each and in order: fragment by fragment, chunk by chunk. */
final class FragmentOrder {

    private final String videoId;
    private int fragment;
    private int chunk;
    private boolean done;

    FragmentOrder(String videoId) {
        this.videoId = videoId;
    }

    /**
     * Whether this piece is the next one, rather than one that came before.
     *
     * @throws PayloadMissingException if it lies beyond the next one
     * @throws CorruptPayloadException if it is the next one, and damaged
     */
    boolean admits(FilmFragment piece) {
        if (done || piece.getFragment() < fragment || (piece.getFragment() == fragment && piece.getChunk() < chunk)) {
            return false;
        }
        if (piece.getFragment() != fragment || piece.getChunk() != chunk) {
            throw new PayloadMissingException(
                    "film %s: expected fragment %d, chunk %d, found fragment %d, chunk %d: those between are gone, or the subscription started too late"
                            .formatted(videoId, fragment, chunk, piece.getFragment(), piece.getChunk()));
        }
        long found = Checksum.of(piece.getData());
        if (found != piece.getCrc32c()) {
            throw new CorruptPayloadException("film %s, fragment %d, chunk %d: expected CRC-32C %08x, found %08x"
                    .formatted(videoId, fragment, chunk, piece.getCrc32c(), found));
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
