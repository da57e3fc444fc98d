package io.longtake.client;

import io.longtake.event.FrameChunk;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.FrameChunks;
import io.longtake.payload.PayloadMissingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Joins the chunks of a film's frame batches, whatever order, copies and garbage they come in, and gives each batch once,
 * by its segment. Keeps what has to wait, up to a limit.
 */
final class BatchOrder {

    private final String videoId;
    private final long limit;
    private final Map<String, FrameChunk[]> incomplete = new LinkedHashMap<>();
    private final Map<Integer, FrameBatch> waiting = new HashMap<>();
    private long bytes;
    private int segment;
    private long frame;
    private boolean done;

    /** @param limit bytes of frames that may wait for the next batch, whose own come on top */
    BatchOrder(String videoId, long limit) {
        this.videoId = videoId;
        this.limit = limit;
    }

    /**
     * Takes a chunk; passes over what is damaged, or of a batch that is already known.
     *
     * @throws PayloadMissingException if more waits than may
     */
    void add(FrameChunk chunk) {
        try {
            FrameChunks.check(chunk);
        } catch (CorruptPayloadException foreign) {
            return;
        }
        if (done || chunk.getSegment() < segment || waiting.containsKey(chunk.getSegment())) {
            return;
        }
        // The fingerprint tells copies that agree from claims that do not: these never mix.
        String copy = chunk.getSegment() + "/" + FrameChunks.fingerprint(chunk);
        FrameChunk[] pieces = incomplete.computeIfAbsent(copy, unseen -> new FrameChunk[chunk.getChunkCount()]);
        if (pieces[chunk.getChunk()] == null) {
            pieces[chunk.getChunk()] = chunk;
            bytes += chunk.getData().remaining();
        }
        if (Arrays.stream(pieces).allMatch(Objects::nonNull)) {
            complete(copy, pieces);
        }
        makeRoom(chunk.getSegment(), copy);
    }

    /** The batch of the next segment, if it is complete. */
    Optional<FrameBatch> next() {
        FrameBatch batch = waiting.remove(segment);
        if (batch == null) {
            return Optional.empty();
        }
        bytes -= batch.encoded().packets().length;
        if (batch.firstFrame() != frame) {
            return Optional.empty(); // complete, but it does not continue this film: the true one may still come
        }
        segment++;
        frame += batch.encoded().frameCount();
        done = batch.last();
        return Optional.of(batch);
    }

    boolean isDone() {
        return done;
    }

    private void complete(String copy, FrameChunk[] pieces) {
        forget(copy);
        try {
            FrameBatch batch = FrameBatch.join(Arrays.asList(pieces));
            waiting.put(batch.segment(), batch);
            bytes += batch.encoded().packets().length;
        } catch (CorruptPayloadException damaged) {
            // Another copy may be whole.
        }
    }

    /** Gives up what was begun longest ago, as nobody may ever complete it; but not what has just grown. */
    private void makeRoom(int claimed, String growing) {
        Iterator<Map.Entry<String, FrameChunk[]>> eldest = incomplete.entrySet().iterator();
        while (bytes > limit && eldest.hasNext()) {
            Map.Entry<String, FrameChunk[]> copy = eldest.next();
            if (!copy.getKey().equals(growing)) {
                bytes -= size(copy.getValue());
                eldest.remove();
            }
        }
        if (bytes > limit && claimed != segment) {
            throw new PayloadMissingException(
                    "film %s: segment %d has not come, and %d bytes of later ones wait for it, of at most %d"
                            .formatted(videoId, segment, bytes, limit));
        }
    }

    private void forget(String copy) {
        bytes -= size(incomplete.remove(copy));
    }

    private static long size(FrameChunk[] pieces) {
        return Arrays.stream(pieces)
                .filter(Objects::nonNull)
                .mapToLong(piece -> piece.getData().remaining())
                .sum();
    }
}
