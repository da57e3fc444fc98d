package io.longtake.client;

import io.longtake.client.VideoRecords.Stored;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What happens to a film. */
final class EventReading implements Reading<VideoEvent> {

    private final String videoId;
    private final VideoRecords records;
    private boolean done;

    EventReading(KafkaConnection kafka, String videoId, Start start) {
        this.videoId = videoId;
        this.records = new VideoRecords(kafka, videoId, Set.of(Topic.VIDEOS), start);
        this.done = start.isEnd();
    }

    /** Whether nothing happens to a film after it. */
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
        long giveUp = System.nanoTime() + timeout.toNanos();
        do {
            if (done) {
                return Optional.empty();
            }
            Optional<Stored> next = records.poll(Duration.ofNanos(Math.max(0, giveUp - System.nanoTime())));
            if (next.isPresent() && next.get().record() instanceof VideoEvent event) {
                done = isEnd(event);
                long behind = next.get().offset() + 1;
                return Optional.of(
                        new Delivery<>(event, new Position(Topic.VIDEOS, videoId, 0, 0, behind, behind, done)));
            }
        } while (System.nanoTime() - giveUp < 0);
        return Optional.empty();
    }

    @Override
    public boolean isDone() {
        return done;
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
