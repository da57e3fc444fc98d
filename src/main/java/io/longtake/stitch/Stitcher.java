package io.longtake.stitch;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.DeadLetter;
import io.longtake.event.DeadLetters;
import io.longtake.event.FrameChunk;
import io.longtake.event.NewerRecordException;
import io.longtake.event.Outgoing;
import io.longtake.event.OversizedRecordException;
import io.longtake.event.ParkedRecord;
import io.longtake.event.ParkedRecords;
import io.longtake.event.RecordDecoder;
import io.longtake.event.SegmentStitched;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.meter.OddRecords;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.FrameChunks;
import io.longtake.video.VideoException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes where each chunk lies; when the batch whose turn it is has come whole, fetches it and writes its fragment. A
 * record that is no use becomes a dead letter, whatever it is that it breaks, and the next one is served. Only Kafka's own
 * faults, and its silence, end this, for the next one to try again.
 */
final class Stitcher implements Processor<String, byte[], String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(Stitcher.class);

    private static final Duration PURGE = Duration.ofHours(1);

    private final FrameFetcher fetcher;
    private final StitchSettings settings;
    private final RecordDecoder decoder;
    private final IntConsumer begun;
    private final OddRecords odd;
    private ProcessorContext<String, byte[]> context;
    private StitcherStores stores;
    /** Headers of the chunk in hand, which causes whatever is sent until the next. */
    private CarriedHeaders cause = CarriedHeaders.NONE;

    Stitcher(FrameFetcher fetcher, StitchSettings settings, OddRecords odd, RecordDecoder decoder, IntConsumer begun) {
        this.fetcher = fetcher;
        this.settings = settings;
        this.odd = odd;
        this.decoder = decoder;
        this.begun = begun;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.stores = new StitcherStores(context);
        context.schedule(PURGE, PunctuationType.WALL_CLOCK_TIME, this::purge);
        begun.accept(context.taskId().partition());
    }

    private void purge(long now) {
        try {
            stores.forgetSilentSince(now - settings.silence().toMillis());
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("videos that are silent are not forgotten: their store cannot be read", e);
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        cause = CarriedHeaders.of(record.headers());
        FrameChunk chunk;
        try {
            chunk = chunk(record);
            if (!note(chunk, at, record.timestamp())) {
                return;
            }
        } catch (KafkaException e) {
            throw e;
        } catch (NewerRecordException e) {
            park(record, at, e);
            return;
        } catch (UnreadableRecordException | CorruptPayloadException e) {
            bury(place(at.partition(), at.offset()), record.key(), record.value(), e.getMessage(), record.timestamp());
            return;
        } catch (RuntimeException e) {
            LOG.error("a record that no check foresaw", e);
            bury(place(at.partition(), at.offset()), record.key(), record.value(), e.toString(), record.timestamp());
            return;
        }
        try {
            advance(chunk.getVideoId(), at.partition(), record.timestamp());
        } catch (NewerRecordException e) {
            LOG.warn("{} waits for a later version, which began it: {}", chunk.getVideoId(), e.getMessage());
        }
    }

    private FrameChunk chunk(Record<String, byte[]> record) {
        FrameChunk chunk = decoder.decode(record.value(), FrameChunk.class);
        FrameChunks.check(chunk);
        if (!chunk.getVideoId().equals(record.key())) {
            refuse("key: expected the video id " + chunk.getVideoId() + ", got " + record.key());
        }
        return chunk;
    }

    /**
     * Notes where a chunk lies.
     *
     * @return false if it is known, or no longer needed
     * @throws CorruptPayloadException if it can not be of this video, or comes much too early
     */
    private boolean note(FrameChunk chunk, RecordMetadata at, long time) {
        String videoId = chunk.getVideoId();
        int segment = chunk.getSegment();
        if (!(stores.video(videoId) instanceof StitchedVideo.Unfinished video) || segment < video.nextSegment()) {
            return false;
        }
        video.objection(chunk).ifPresent(Stitcher::refuse);
        if (segment - video.nextSegment() > settings.maxAhead()) {
            refuse("segment: expected at most " + settings.maxAhead() + " ahead of " + video.nextSegment() + ", got "
                    + segment);
        }
        Map<String, BatchCopy> copies = stores.copies(videoId, segment);
        String fingerprint = FrameChunks.fingerprint(chunk);
        BatchCopy copy = copies.getOrDefault(fingerprint, BatchCopy.empty(chunk.getChunkCount()));
        if (copy.has(chunk.getChunk())) {
            return false;
        }
        if (segment > video.nextSegment() && video.waiting() >= settings.maxWaitingChunks()) {
            refuse("chunks waiting for segment " + video.nextSegment() + ": at most " + settings.maxWaitingChunks());
        }
        StitchedVideo.Unfinished roomy = video;
        if (!copies.containsKey(fingerprint) && copies.size() >= settings.maxCopies()) {
            roomy = makeRoom(video, chunk, copies, at.partition(), time);
        }
        stores.put(videoId, segment, fingerprint, copy.with(chunk.getChunk(), at.offset()));
        stores.put(videoId, roomy.received(context.currentSystemTimeMs()));
        return true;
    }

    /**
     * Gives up the copy that was begun longest ago, for nobody may ever complete it: whoever makes up copies must not keep the
     * true one out, whose chunks come together.
     *
     * @throws CorruptPayloadException if all are complete
     */
    private StitchedVideo.Unfinished makeRoom(
            StitchedVideo.Unfinished video, FrameChunk chunk, Map<String, BatchCopy> copies, int partition, long time) {
        String why = "copies of segment " + chunk.getSegment() + " that differ: at most " + settings.maxCopies();
        Map.Entry<String, BatchCopy> eldest = copies.entrySet().stream()
                .filter(copy -> !copy.getValue().isComplete())
                .min(Comparator.comparingLong(copy -> copy.getValue().firstOffset()))
                .orElseThrow(() -> new CorruptPayloadException(why));
        stores.drop(chunk.getVideoId(), chunk.getSegment(), eldest.getKey());
        bury(place(partition, eldest.getValue().firstOffset()), chunk.getVideoId(), null, why, time);
        return video.dropped(eldest.getValue().size());
    }

    /** Writes fragments as long as the batch whose turn it is has come. */
    private void advance(String videoId, int partition, long time) {
        while (stores.video(videoId) instanceof StitchedVideo.Unfinished video) {
            Optional<Map.Entry<String, BatchCopy>> whole =
                    stores.copies(videoId, video.nextSegment()).entrySet().stream()
                            .filter(copy -> copy.getValue().isComplete())
                            .findFirst();
            if (whole.isEmpty()) {
                return;
            }
            String fingerprint = whole.get().getKey();
            BatchCopy copy = whole.get().getValue();
            try {
                FrameBatch batch = fetch(video, fingerprint, partition, copy);
                stitch(video, batch, VideoFile.of(batch, stores), time);
            } catch (KafkaException | FetchTimeoutException e) {
                throw e;
            } catch (CorruptPayloadException | MissingChunkException | VideoException e) {
                drop(video, videoId, fingerprint, partition, copy, e.getMessage(), time);
            } catch (RuntimeException e) {
                LOG.error("{}, segment {}: a batch that no check foresaw", videoId, video.nextSegment(), e);
                drop(video, videoId, fingerprint, partition, copy, e.toString(), time);
            }
        }
    }

    /** Out of the way, so that a good copy may still come. */
    private void drop(
            StitchedVideo.Unfinished video,
            String videoId,
            String fingerprint,
            int partition,
            BatchCopy copy,
            String reason,
            long time) {
        stores.drop(videoId, video.nextSegment(), fingerprint);
        stores.put(videoId, video.dropped(copy.size()));
        bury(place(partition, copy.offsets().get(0)), videoId, null, reason, time);
    }

    private FrameBatch fetch(StitchedVideo.Unfinished video, String fingerprint, int partition, BatchCopy copy) {
        List<FrameChunk> chunks = fetcher.fetch(partition, copy.offsets());
        FrameBatch batch = FrameBatch.join(chunks);
        if (!FrameChunks.fingerprint(chunks.get(0)).equals(fingerprint)) {
            throw new MissingChunkException("partition " + partition + ", offset "
                    + copy.offsets().get(0) + ": expected the batch " + fingerprint + " that was there, found another");
        }
        video.objection(batch).ifPresent(Stitcher::refuse);
        return batch;
    }

    private void stitch(StitchedVideo.Unfinished video, FrameBatch batch, VideoFile file, long time) {
        String videoId = batch.videoId();
        Outgoing done =
                Outgoing.of(Topic.RESULTS, videoId, new SegmentStitched(videoId, batch.segment(), batch.last()));
        file.records().forEach(record -> send(record, time));
        send(done, time);
        int dropped = stores.dropCopies(videoId, batch.segment());
        if (batch.last()) {
            stores.dropCopies(videoId);
        } else {
            file.fragment().ifPresent(fragment -> stores.put(videoId, batch.segment(), fragment));
        }
        stores.put(videoId, video.stitched(batch, dropped));
    }

    /** It, or what is stored of its video, is of a later version: whoever knows that version gets it, this one goes on. */
    private void park(Record<String, byte[]> record, RecordMetadata at, NewerRecordException newer) {
        DeadLetters.Place place = place(at.partition(), at.offset());
        ParkedRecord parked = ParkedRecords.of(
                StitchTopology.READER,
                place,
                record.key(),
                record.value(),
                record.headers(),
                Instant.ofEpochMilli(record.timestamp()),
                newer.fingerprint());
        Outgoing parking;
        try {
            parking = Outgoing.of(parked);
        } catch (OversizedRecordException e) {
            String why = newer.getMessage() + "; too large to be parked: " + e.getMessage();
            bury(place, record.key(), record.value(), why, record.timestamp());
            return;
        }
        send(parking, record.timestamp());
        odd.parked(place.topic(), place.partition(), place.offset(), newer.fingerprint());
    }

    private void bury(DeadLetters.Place place, String key, byte[] value, String reason, long time) {
        DeadLetter letter = DeadLetters.of(place, key, value, Instant.ofEpochMilli(time), reason);
        odd.buried(place.topic(), place.partition(), place.offset(), reason);
        send(Outgoing.of(letter), time);
    }

    private static DeadLetters.Place place(int partition, long offset) {
        return new DeadLetters.Place(Topic.FRAMES.topicName(), partition, offset);
    }

    /** Each sink has the name of its topic. */
    private void send(Outgoing sent, long time) {
        Outgoing record = sent.causedBy(cause);
        context.forward(new Record<>(record.key(), record.value(), time, record.headers()), record.topic());
    }

    private static void refuse(String reason) {
        throw new CorruptPayloadException(reason);
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
