package io.longtake.client;

import io.longtake.client.VideoRecords.Stored;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import io.longtake.payload.PayloadMissingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The records of one video on one topic, read beside what happens to the video: a reader that waits for more must hear when
 * there will be no more.
 */
final class TopicRecords implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final VideoRecords records;
    private final Topic topic;
    private final Refusals refusals;
    private VideoEvent ending;
    private long endingAt;
    private long until;
    private long believed;

    TopicRecords(KafkaConnection kafka, String videoId, Topic topic, Start start, Refusals refusals) {
        this.refusals = refusals;
        this.records = new VideoRecords(kafka, videoId, Set.copyOf(List.of(topic, Topic.VIDEOS)), start);
        this.topic = topic;
    }

    void start() {
        records.start();
    }

    /**
     * The next record of the topic.
     *
     * @return empty if none came in time
     * @throws VideoEndedException once all were given of a video that failed or was cancelled
     * @throws PayloadMissingException once all were given of a finished one, as then the reader would be content
     */
    Optional<Stored> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            if (ending != null && records.hasGiven(topic, until) && records.hasGiven(Topic.VIDEOS, believed)) {
                throw ended();
            }
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Optional<Stored> next = records.poll(ending != null && left.compareTo(LOOK) > 0 ? LOOK : left);
            if (next.isPresent() && next.get().topic() == topic) {
                return next;
            }
            next.ifPresent(this::notice);
        } while (System.nanoTime() - deadline < 0);
        return Optional.empty();
    }

    /** The first offset of the topic that was not given. */
    long next() {
        return records.next(topic);
    }

    /** The first offset of the news that another reader would still need. */
    long news() {
        return ending != null ? endingAt : records.next(Topic.VIDEOS);
    }

    long skipped() {
        return records.skipped();
    }

    void wakeup() {
        records.wakeup();
    }

    @Override
    public void close() {
        records.close();
    }

    private void notice(Stored news) {
        if (!(news.record() instanceof VideoEvent event) || refusals.isPast(event)) {
            return;
        }
        if (ending != null && VideoEvents.isRefusal(ending)) {
            ending = null; // its prompt was sent again
        }
        if (ending == null && EventReading.isEnd(event)) {
            ending = event;
            endingAt = news.offset();
            // News and video are on two topics, and either may be ahead of the other.
            until = records.end(topic);
            believed = Refusals.believedFrom(event, records);
        }
    }

    private RuntimeException ended() {
        return switch (ending.getKind()) {
            case FAILED, CANCELLED -> new VideoEndedException(ending);
            default -> new PayloadMissingException(
                    "video " + ending.getVideoId() + " is finished, but not all of it is on " + topic.topicName()
                            + ": a part is damaged or gone, or this reader started behind its beginning");
        };
    }
}
