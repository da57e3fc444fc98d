package io.longtake.library;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of one video. Never changes; news make a new one. News that came before ({@link #lastEvent}) change nothing,
 * so that history may be read again.
 *
 * @param id a UUID in canonical form
 * @param details null if the prompt event is not known (it is older than Kafka remembers)
 * @param createdAt milliseconds since 1970: when Kafka took the prompt event
 * @param firstAt milliseconds since 1970: when its first segment was stitched; 0: none was
 * @param endedAt milliseconds since 1970; 0: it has not
 * @param frames stitched so far
 * @param totalFrames of the whole video; 0 before it was accepted
 * @param frameRate per second; 0 before it was accepted
 * @param stages names in order, with the frames each has done
 * @param message why it failed or was cancelled
 * @param lastEvent offset of the last event that is in this
 * @param acceptedAt milliseconds since 1970: the time of the prompt event that was accepted; 0: none was, or it is not known
 * @param prompts how many prompt events have changed the details, the first one included
 */
public record VideoHistory(
        String id,
        @JsonProperty("wish") PromptDetails details,
        long createdAt,
        long firstAt,
        long endedAt,
        Status status,
        long frames,
        long totalFrames,
        int frameRate,
        Map<String, Long> stages,
        String message,
        long lastEvent,
        long acceptedAt,
        int prompts) {

    private static final int MAX_STAGES = 64;

    /** How it goes. */
    public enum Status {
        QUEUED,
        RUNNING,
        FINISHED,
        FAILED,
        CANCELLED;

        public boolean over() {
            return compareTo(RUNNING) > 0;
        }
    }

    public VideoHistory {
        stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    static VideoHistory unknown(String id, long since) {
        return new VideoHistory(id, null, since, 0, 0, Status.QUEUED, 0, 0, 0, Map.of(), "", -1, 0, 0);
    }

    /** Whether the director took a prompt event for it: until then, another one may still ask for something else. */
    boolean accepted() {
        return totalFrames > 0;
    }

    /** The details that count are those of the prompt event that was accepted; until one is, that of the latest. */
    VideoHistory prompted(PromptDetails next, long at) {
        return counts(next, at) ? with(next, at, prompts + 1) : this;
    }

    private boolean counts(PromptDetails next, long at) {
        if (details == null) {
            return true;
        }
        return accepted() ? at == acceptedAt && at != createdAt : at >= createdAt && !next.equals(details);
    }

    private VideoHistory with(PromptDetails next, long at, int count) {
        return new VideoHistory(
                id,
                next,
                at,
                firstAt,
                endedAt,
                status,
                frames,
                totalFrames,
                frameRate,
                stages,
                message,
                lastEvent,
                acceptedAt,
                count);
    }

    /** What two servers know of one video, together: they may have read different topics further. */
    VideoHistory and(VideoHistory other) {
        VideoHistory newer = other.lastEvent > lastEvent ? other : this;
        VideoHistory older = newer == this ? other : this;
        return older.details != null && newer.counts(older.details, older.createdAt)
                ? newer.with(older.details, older.createdAt, Math.max(newer.prompts, older.prompts))
                : newer;
    }

    /**
     * After an event.
     *
     * @param offset where it lies, which orders the events of one video
     */
    VideoHistory after(VideoEvent event, long offset) {
        if (offset <= lastEvent) {
            return this;
        }
        Map<String, Long> done = new LinkedHashMap<>(stages);
        switch (event.getKind()) {
            case ACCEPTED -> event.getStages().forEach(stage -> done.put(stage, 0L));
                // If its beginning is past, its stages are learnt one by one; and anybody may tell of one.
            case STAGE_DONE -> {
                if (done.containsKey(event.getStage()) || done.size() < MAX_STAGES) {
                    done.put(event.getStage(), event.getFrames());
                }
            }
            default -> {}
        }
        Status now = status(event);
        return new VideoHistory(
                id,
                details,
                createdAt,
                firstAt == 0 && event.getKind() == VideoEventKind.STITCHED
                        ? event.getAt().toEpochMilli()
                        : firstAt,
                now.over() ? event.getAt().toEpochMilli() : 0,
                now,
                counts(event) ? Math.max(frames, event.getFrames()) : frames,
                Math.max(totalFrames, event.getTotalFrames()),
                event.getFrameRate() == 0 ? frameRate : event.getFrameRate(),
                done,
                now == Status.FAILED || now == Status.CANCELLED ? event.getMessage() : "",
                offset,
                event.getKind() == VideoEventKind.ACCEPTED ? event.getAt().toEpochMilli() : acceptedAt,
                prompts);
    }

    private Status status(VideoEvent event) {
        return switch (event.getKind()) {
            case ACCEPTED -> Status.QUEUED;
            case STAGE_DONE, STITCHED -> Status.RUNNING;
            case EXTENDED, LATE, OTHER -> status;
            case FINISHED -> Status.FINISHED;
            case FAILED -> Status.FAILED;
            case CANCELLED -> Status.CANCELLED;
        };
    }

    private static boolean counts(VideoEvent event) {
        return switch (event.getKind()) {
            case STITCHED, FINISHED, CANCELLED -> true;
            case ACCEPTED, STAGE_DONE, EXTENDED, FAILED, LATE, OTHER -> false;
        };
    }
}
