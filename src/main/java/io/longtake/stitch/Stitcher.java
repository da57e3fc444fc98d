package io.longtake.stitch;

import io.longtake.event.DeadLetter;
import io.longtake.event.DeadLetters;
import io.longtake.event.FilmFragment;
import io.longtake.event.FrameChunk;
import io.longtake.event.SegmentStitched;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.Wire;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FilmFragments;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.FrameChunks;
import io.longtake.video.FilmMuxer;
import io.longtake.video.VideoException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Notes where each chunk lies; when the batch whose turn it is has come whole, fetches it and writes its fragment. A
 * record that is no use becomes a dead letter, and the next one is served.
 */
final class Stitcher implements Processor<String, byte[], String, byte[]> {

    private static final Duration PURGE = Duration.ofHours(1);

    private final FrameFetcher fetcher;
    private final StitchSettings settings;
    private ProcessorContext<String, byte[]> context;
    private Ledger ledger;

    Stitcher(FrameFetcher fetcher, StitchSettings settings) {
        this.fetcher = fetcher;
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.ledger = new Ledger(context);
        context.schedule(
                PURGE,
                PunctuationType.WALL_CLOCK_TIME,
                now -> ledger.forgetSilentSince(now - settings.silence().toMillis()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        try {
            FrameChunk chunk = Wire.decode(record.value(), FrameChunk.class);
            FrameChunks.check(chunk);
            if (!chunk.getVideoId().equals(record.key())) {
                throw new CorruptPayloadException(
                        "key: expected the video id " + chunk.getVideoId() + ", got " + record.key());
            }
            if (note(chunk, at.offset())) {
                advance(chunk.getVideoId(), at.partition(), record.timestamp());
            }
        } catch (UnreadableRecordException | CorruptPayloadException e) {
            DeadLetters.Place place = place(at.partition(), at.offset());
            bury(place, record.key(), record.value(), e.getMessage(), record.timestamp());
        }
    }

    /**
     * Notes where a chunk lies.
     *
     * @return false if it is known, or no longer needed
     * @throws CorruptPayloadException if it can not be of this film, or comes much too early
     */
    private boolean note(FrameChunk chunk, long offset) {
        String videoId = chunk.getVideoId();
        int segment = chunk.getSegment();
        if (!(ledger.film(videoId) instanceof Film.Running film) || segment < film.nextSegment()) {
            return false;
        }
        film.objection(chunk).ifPresent(Stitcher::refuse);
        if (segment - film.nextSegment() > settings.maxAhead()) {
            refuse("segment: expected at most " + settings.maxAhead() + " ahead of " + film.nextSegment() + ", got "
                    + segment);
        }
        Map<String, BatchCopy> copies = ledger.copies(videoId, segment);
        String fingerprint = FrameChunks.fingerprint(chunk);
        BatchCopy copy = copies.getOrDefault(fingerprint, BatchCopy.empty(chunk.getChunkCount()));
        if (copy.has(chunk.getChunk())) {
            return false;
        }
        if (segment > film.nextSegment() && film.waiting() >= settings.maxWaitingChunks()) {
            refuse("chunks waiting for segment " + film.nextSegment() + ": at most " + settings.maxWaitingChunks());
        }
        if (!copies.containsKey(fingerprint) && copies.size() >= settings.maxCopies()) {
            refuse("copies of segment " + segment + " that differ: at most " + settings.maxCopies());
        }
        ledger.put(videoId, segment, fingerprint, copy.with(chunk.getChunk(), offset));
        ledger.put(videoId, film.received(context.currentSystemTimeMs()));
        return true;
    }

    /** Writes fragments as long as the batch whose turn it is has come. */
    private void advance(String videoId, int partition, long time) {
        while (ledger.film(videoId) instanceof Film.Running film) {
            Optional<Map.Entry<String, BatchCopy>> whole =
                    ledger.copies(videoId, film.nextSegment()).entrySet().stream()
                            .filter(copy -> copy.getValue().isComplete())
                            .findFirst();
            if (whole.isEmpty()) {
                return;
            }
            String fingerprint = whole.get().getKey();
            BatchCopy copy = whole.get().getValue();
            try {
                stitch(film, fetch(film, fingerprint, partition, copy), time);
            } catch (CorruptPayloadException | MissingChunkException | VideoException e) {
                // Out of the way, so that a good copy may still come.
                ledger.drop(videoId, film.nextSegment(), fingerprint);
                ledger.put(videoId, film.dropped(copy.size()));
                bury(place(partition, copy.offsets().get(0)), videoId, null, e.getMessage(), time);
            }
        }
    }

    private FrameBatch fetch(Film.Running film, String fingerprint, int partition, BatchCopy copy) {
        List<FrameChunk> chunks = fetcher.fetch(partition, copy.offsets());
        FrameBatch batch = FrameBatch.join(chunks);
        if (!FrameChunks.fingerprint(chunks.get(0)).equals(fingerprint)) {
            throw new MissingChunkException("partition " + partition + ", offset "
                    + copy.offsets().get(0) + ": expected the batch " + fingerprint + " that was there, found another");
        }
        film.objection(batch).ifPresent(Stitcher::refuse);
        return batch;
    }

    private void stitch(Film.Running film, FrameBatch batch, long time) {
        String videoId = batch.videoId();
        List<FilmFragment> fragments = new ArrayList<>();
        if (batch.segment() == 0) {
            fragments.addAll(FilmFragments.header(videoId, batch.encoded().codec(), FilmMuxer.header(batch.encoded())));
        }
        fragments.addAll(
                FilmFragments.of(batch, FilmMuxer.fragment(batch.segment(), batch.firstFrame(), batch.encoded())));
        fragments.forEach(fragment -> send(Topic.SEGMENTS, videoId, fragment, time));
        send(Topic.RESULTS, videoId, new SegmentStitched(videoId, batch.segment(), batch.last()), time);
        int dropped = ledger.dropCopies(videoId, batch.segment());
        if (batch.last()) {
            ledger.dropCopies(videoId);
        }
        ledger.put(videoId, film.stitched(batch, dropped));
    }

    private void bury(DeadLetters.Place place, String key, byte[] value, String reason, long time) {
        DeadLetter letter = DeadLetters.of(place, key, value, Instant.ofEpochMilli(time), reason);
        send(Topic.DEAD_LETTERS, letter.getKey(), letter, time);
    }

    private static DeadLetters.Place place(int partition, long offset) {
        return new DeadLetters.Place(Topic.FRAMES.topicName(), partition, offset);
    }

    private void send(Topic topic, String key, SpecificRecordBase value, long time) {
        context.forward(new Record<>(key, Wire.encode(value), time), topic.name());
    }

    private static void refuse(String reason) {
        throw new CorruptPayloadException(reason);
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
