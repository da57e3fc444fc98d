package io.longtake.client;

import io.longtake.event.VideoEvent;
import java.time.Duration;
import java.util.Optional;

/** What happens to one film, in order. For one thread. */
public final class VideoEvents implements AutoCloseable {

    private final VideoRecords records;
    private boolean done;

    VideoEvents(VideoRecords records) {
        this.records = records;
    }

    /**
     * The next event.
     *
     * @param timeout how long to wait for it
     * @return empty where none came in that time, or {@link #isDone()}
     * @throws org.apache.kafka.common.KafkaException if Kafka can not be read
     */
    public Optional<VideoEvent> poll(Duration timeout) {
        if (done) {
            return Optional.empty();
        }
        Optional<VideoEvent> event = records.poll(VideoEvent.class, timeout);
        event.ifPresent(this::notice);
        return event;
    }

    /** Whether the last event said that the film is finished, failed or cancelled: no other follows. */
    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        records.close();
    }

    private void notice(VideoEvent event) {
        done = switch (event.getKind()) {
            case FINISHED, FAILED, CANCELLED -> true;
            case ACCEPTED, STAGE_DONE, STITCHED, EXTENDED, LATE, OTHER -> false;
        };
    }
}
