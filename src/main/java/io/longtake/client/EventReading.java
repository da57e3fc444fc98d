package io.longtake.client;

import io.longtake.client.VideoRecords.Stored;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What happens to a video. */
final class EventReading implements Reading<VideoEvent> {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final String videoId;
    private final VideoRecords records;
    private final Refusals refusals;
    /** A refusal that is the end unless news follow before {@link #believed}. */
    private Delivery<VideoEvent> held;

    private long believed;
    private boolean done;

    EventReading(KafkaConnection kafka, String videoId, Start start, Refusals refusals) {
        this.videoId = videoId;
        this.refusals = refusals;
        this.records = new VideoRecords(kafka, videoId, Set.of(Topic.VIDEOS), start);
        this.done = start.isEnd();
    }

    /** Whether nothing happens to a video after it. */
    static boolean isEnd(VideoEvent event) {
        return switch (event.getKind()) {
            case FINISHED, FAILED, CANCELLED -> true;
            case ACCEPTED, STAGE_DONE, STITCHED, EXTENDED, LATE, OTHER -> false;
        };
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public Optional<Delivery<VideoEvent>> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            if (done) {
                return Optional.empty();
            }
            if (held != null && records.hasGiven(Topic.VIDEOS, believed)) {
                done = true;
                return Optional.of(held);
            }
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Optional<Stored> next = records.poll(held != null && left.compareTo(LOOK) > 0 ? LOOK : left);
            if (next.isPresent() && next.get().record() instanceof VideoEvent event && !refusals.isPast(event)) {
                Optional<Delivery<VideoEvent>> delivery =
                        heard(event, next.get().offset());
                if (delivery.isPresent()) {
                    return delivery;
                }
            }
        } while (System.nanoTime() - deadline < 0);
        return Optional.empty();
    }

    /** A refusal waits until it is known whether it is the end; one that is not is not told. */
    private Optional<Delivery<VideoEvent>> heard(VideoEvent event, long offset) {
        boolean end = isEnd(event);
        Delivery<VideoEvent> delivery =
                new Delivery<>(event, new Position(Topic.VIDEOS, videoId, 0, 0, offset + 1, offset + 1, end));
        if (VideoEvents.isRefusal(event)) {
            held = delivery;
            believed = Refusals.believedFrom(event, records);
            return Optional.empty();
        }
        held = null;
        done = end;
        return Optional.of(delivery);
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public long skipped() {
        return records.skipped();
    }

    @Override
    public void wakeup() {
        records.wakeup();
    }

    @Override
    public void close() {
        records.close();
    }
}
