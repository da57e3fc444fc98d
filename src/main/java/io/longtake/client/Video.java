package io.longtake.client;

import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Principal;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoId;
import io.longtake.payload.FrameBatch;
import java.time.Instant;
import java.util.Optional;

/**
 * One video: what happens to it, its frames, its file. Its feeds can be read while it is made and afterwards, from the
 * beginning, for as long as Kafka keeps them (7 days, unless the topics say otherwise), also once the client is closed.
 * For any number of threads.
 *
 * <p>Feeds see committed records only, and pass over what is damaged, foreign or a second copy. A feed begins at the time of
 * the prompt, if this client made it, and else at the oldest record that Kafka has: {@link Feed#since} shortens that.
 */
public final class Video {

    /** Clocks of several machines may differ by this much. */
    private static final int SKEW_SECONDS = 600;

    private final String id;
    private final Start start;
    private final KafkaConnection kafka;
    private final Orders orders;
    private final Refusals refusals;

    Video(String id, Instant since, Refusals refusals, KafkaConnection kafka, Orders orders) {
        this.id = VideoId.require(id);
        this.start = new Start.Since(since.equals(Instant.EPOCH) ? since : since.minusSeconds(SKEW_SECONDS));
        this.refusals = refusals;
        this.kafka = kafka;
        this.orders = orders;
    }

    /** A UUID in canonical form. */
    public String id() {
        return id;
    }

    /** The time of the prompt that was sent for it, if this client sent it. */
    public Optional<Instant> sentAt() {
        return refusals.equals(Refusals.OF_ANY_PROMPT) ? Optional.empty() : Optional.of(refusals.sentAt());
    }

    /**
     * What happens to it, until it is finished, failed or cancelled. That a prompt was refused is told only if it is the end:
     * not if a prompt that was sent again under this id has been accepted since, nor if this client has sent another one.
     */
    public Feed<VideoEvent> events() {
        return new Feed<>(Topic.VIDEOS, id, start, from -> new EventReading(kafka, id, from, refusals));
    }

    /**
     * Its frames as they are finished and coded, a batch a segment: one closed group of pictures, which can be decoded
     * alone. At most 512 MiB of batches wait for their turn.
     */
    public Feed<FrameBatch> frames() {
        return new Feed<>(Topic.FRAMES, id, start, this::coded);
    }

    /**
     * Its frames as pixels, 8-bit RGB, a batch a segment. Positions are those of {@link #frames}. Fails with {@link
     * DecoderMissingException} if FFmpeg is not on the class path (raw videos need none), and with {@link
     * io.longtake.video.VideoException} if it can not decode a batch.
     */
    public Feed<DecodedBatch> decodedFrames() {
        return new Feed<>(Topic.FRAMES, id, start, from -> new DecodedReading(coded(from)));
    }

    /** Its file, fragment by fragment: fragmented MP4, or for lossless codecs Matroska or bare frames. */
    public Feed<Fragment> file() {
        return new Feed<>(Topic.SEGMENTS, id, start, from -> new FileReading(kafka, id, from, refusals));
    }

    /**
     * Stops it; what was delivered stays playable.
     *
     * @param reason told to whoever listens; may be empty
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take it within 40 s
     */
    public void cancel(String reason) {
        cancel(Principal.ANONYMOUS, reason);
    }

    /** As {@link #cancel(String)}, for somebody. */
    public void cancel(Principal asker, String reason) {
        orders.publish(asker, id, new CancelEvent(id, reason));
    }

    /**
     * Makes it longer, while it is made.
     *
     * @param seconds how much longer, above 0
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take it within 40 s
     */
    public void extend(double seconds) {
        extend(Principal.ANONYMOUS, seconds);
    }

    /** As {@link #extend(double)}, for somebody. */
    public void extend(Principal asker, double seconds) {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("seconds: expected a number above 0, got " + seconds);
        }
        orders.publish(asker, id, new ExtendEvent(id, seconds));
    }

    private Reading<FrameBatch> coded(Start from) {
        return new FrameReading(kafka, id, from, refusals);
    }

    @Override
    public String toString() {
        return "Video[" + id + "]";
    }
}
