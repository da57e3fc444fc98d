package io.longtake.cli;

import io.longtake.event.VideoEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what is done and tells what is left. The estimate is the plain one: work goes on as fast as it went so far,
 * where work is the frames of all stages together, so that it moves from the first keyframes on. Time is that of the events, so that
 * whoever begins to listen when half is done reads the same as who listened from the beginning.
 */
final class ProgressClock {

    private final Map<String, Long> done = new TreeMap<>();
    private List<String> stages = List.of();
    private long total;
    private long stitched;
    private Instant start;
    private Instant now;

    void on(VideoEvent event) {
        total = event.getTotalFrames();
        // Each process has its own clock: time does not go back.
        now = now == null || event.getAt().isAfter(now) ? event.getAt() : now;
        switch (event.getKind()) {
            case ACCEPTED -> {
                start = event.getAt();
                stages = List.copyOf(event.getStages());
                stages.forEach(stage -> done.put(stage, 0L));
            }
            case STAGE_DONE -> done.merge(event.getStage(), event.getFrames(), Math::max);
            case STITCHED, FINISHED -> stitched = event.getFrames();
            default -> {}
        }
    }

    List<String> stages() {
        return stages;
    }

    long done(String stage) {
        return done.getOrDefault(stage, 0L);
    }

    long stitched() {
        return stitched;
    }

    long total() {
        return total;
    }

    double elapsedSeconds() {
        return start == null ? 0 : Duration.between(start, now).toMillis() / 1e3;
    }

    /** Frames per second, as a viewer would count them; 0 before the first. */
    double framesPerSecond() {
        return elapsedSeconds() == 0 ? 0 : stitched / elapsedSeconds();
    }

    /** Seconds until the video is whole; negative while nothing is done yet. */
    double secondsLeft() {
        long work = done.values().stream().mapToLong(Long::longValue).sum();
        long all = total * Math.max(1, stages.size());
        return work == 0 ? -1 : elapsedSeconds() * (all - work) / work;
    }
}
