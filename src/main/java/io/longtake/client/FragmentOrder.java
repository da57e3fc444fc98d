package io.longtake.client;

import io.longtake.event.FragmentChunk;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FragmentRecords;
import io.longtake.payload.PayloadMissingException;
import java.util.Locale;

/** Lets the records of a video's file through once each and in order: fragment by fragment, chunk by chunk. */
final class FragmentOrder {

    private final String videoId;
    private int fragment;
    private int chunk;
    private boolean done;
    /** Of the fragment that is coming: the others must say the same. */
    private FragmentChunk first;

    /** @param fragment that comes first */
    FragmentOrder(String videoId, int fragment) {
        this.videoId = videoId;
        this.fragment = fragment;
    }

    /**
     * Whether this record is the next one, rather than one that came before, or a damaged one.
     *
     * @throws PayloadMissingException if it lies beyond the next one
     */
    boolean admits(FragmentChunk record) {
        try {
            FragmentRecords.check(record);
        } catch (CorruptPayloadException foreign) {
            return false;
        }
        if (done || record.getFragment() < fragment) {
            return false;
        }
        if (record.getFragment() == fragment && chunk > 0) {
            if (FragmentRecords.agree(first, record)) {
                if (record.getChunk() < chunk) {
                    return false;
                }
            } else if (record.getChunk() > 0) {
                return false; // somebody's claim
            } else {
                chunk = 0; // another copy begins: the chunks of the true one come together
            }
        }
        if (record.getFragment() != fragment || record.getChunk() != chunk) {
            throw new PayloadMissingException(String.format(
                    Locale.ROOT,
                    "video %s: expected fragment %d, chunk %d, found fragment %d, chunk %d: those between are damaged or gone, or the subscription started too late",
                    videoId,
                    fragment,
                    chunk,
                    record.getFragment(),
                    record.getChunk()));
        }
        if (chunk == 0) {
            first = record;
        }
        if (++chunk == record.getChunkCount()) {
            chunk = 0;
            fragment++;
            done = record.getLast();
        }
        return true;
    }

    boolean isDone() {
        return done;
    }
}
