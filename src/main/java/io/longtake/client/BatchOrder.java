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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Joins the chunks of a video's frame batches, whatever order, copies and garbage they come in, and gives each batch once,
 * by its segment. Keeps what has to wait, up to a limit.
 */
final class BatchOrder {

    private final String videoId;
    private final long limit;
    private final Map<String, IncompleteBatch> incomplete = new LinkedHashMap<>();
    private final Map<Integer, Whole> waiting = new HashMap<>();
    private long bytes;
    private int segment;
    private long frame;
    private boolean done;

    /** Chunks of one copy of a batch as far as they have come, and the lowest offset of them. */
    private record IncompleteBatch(FrameChunk[] chunks, long offset) {

        boolean isComplete() {
            return Arrays.stream(chunks).allMatch(Objects::nonNull);
        }

        long bytes() {
            return Arrays.stream(chunks)
                    .filter(Objects::nonNull)
                    .mapToLong(chunk -> chunk.getData().remaining())
                    .sum();
        }
    }

    /** A batch before its turn, and the lowest offset of its chunks. */
    private record Whole(FrameBatch batch, long offset) {}

    /**
     * @param limit bytes of frames that may wait for the next batch, whose own come on top
     * @param segment that comes first
     * @param frame that it begins with
     */
    BatchOrder(String videoId, long limit, int segment, long frame) {
        this.videoId = videoId;
        this.limit = limit;
        this.segment = segment;
        this.frame = frame;
    }

    /**
     * Takes a chunk; passes over what is damaged, or of a batch that is already known.
     *
     * @param offset where it lay
     * @throws PayloadMissingException if more waits than may
     */
    void add(FrameChunk chunk, long offset) {
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
        IncompleteBatch fragments = incomplete.computeIfAbsent(
                copy, unseen -> new IncompleteBatch(new FrameChunk[chunk.getChunkCount()], offset));
        if (fragments.chunks()[chunk.getChunk()] == null) {
            fragments.chunks()[chunk.getChunk()] = chunk;
            bytes += chunk.getData().remaining();
        }
        if (fragments.isComplete()) {
            complete(copy, fragments);
        }
        makeRoom(chunk.getSegment(), copy);
    }

    /** The batch of the next segment, if it is complete. */
    Optional<FrameBatch> next() {
        Whole whole = waiting.remove(segment);
        if (whole == null) {
            return Optional.empty();
        }
        FrameBatch batch = whole.batch();
        bytes -= batch.encoded().packets().length;
        if (batch.firstFrame() != frame) {
            return Optional.empty(); // complete, but it does not continue this video: the true one may still come
        }
        segment++;
        frame += batch.encoded().frameCount();
        done = batch.last();
        incomplete.entrySet().removeIf(copy -> isPast(copy.getValue()));
        return Optional.of(batch);
    }

    boolean isDone() {
        return done;
    }

    /** The lowest offset of all that waits: whoever starts there misses nothing that is to come of it. */
    OptionalLong firstHeld() {
        return LongStream.concat(
                        incomplete.values().stream().mapToLong(IncompleteBatch::offset),
                        waiting.values().stream().mapToLong(Whole::offset))
                .min();
    }

    private void complete(String copy, IncompleteBatch fragments) {
        forget(copy);
        try {
            FrameBatch batch = FrameBatch.join(Arrays.asList(fragments.chunks()));
            waiting.put(batch.segment(), new Whole(batch, fragments.offset()));
            bytes += batch.encoded().packets().length;
        } catch (CorruptPayloadException damaged) {
            // Another copy may be whole.
        }
    }

    /** Half a copy of a batch that was given: what is missing of it would not be kept. */
    private boolean isPast(IncompleteBatch fragments) {
        boolean past = Arrays.stream(fragments.chunks())
                .filter(Objects::nonNull)
                .allMatch(chunk -> chunk.getSegment() < segment);
        if (past) {
            bytes -= fragments.bytes();
        }
        return past;
    }

    /** Gives up what was begun longest ago, as nobody may ever complete it; but not what has just grown. */
    private void makeRoom(int claimed, String growing) {
        Iterator<Map.Entry<String, IncompleteBatch>> eldest =
                incomplete.entrySet().iterator();
        while (bytes > limit && eldest.hasNext()) {
            Map.Entry<String, IncompleteBatch> copy = eldest.next();
            if (!copy.getKey().equals(growing)) {
                bytes -= copy.getValue().bytes();
                eldest.remove();
            }
        }
        if (bytes > limit && claimed != segment) {
            throw new PayloadMissingException(String.format(
                    Locale.ROOT,
                    "video %s: segment %d has not come, and %d bytes of later ones wait for it, of at most %d",
                    videoId,
                    segment,
                    bytes,
                    limit));
        }
    }

    private void forget(String copy) {
        bytes -= incomplete.remove(copy).bytes();
    }
}
