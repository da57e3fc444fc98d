package io.longtake.director;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.NewerRecordException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The videos of one director: their states, which are stored, and what must be thought of while nothing happens to them, which
 * follows from the states: tasks that are out, tasks that are due, viewers that may be gone.
 */
final class VideoStates {

    private static final Logger LOG = LoggerFactory.getLogger(VideoStates.class);

    private final KeyValueStore<String, byte[]> states;
    private final StateCodec codec;
    private final Deadlines deadlines = new Deadlines();
    private final Schedule schedule;
    private final OwedVideo.Share owed;
    private final Set<String> watched = new LinkedHashSet<>();
    private boolean recalled;

    VideoStates(KeyValueStore<String, byte[]> states, StateCodec codec, Schedule schedule, OwedVideo.Share owed) {
        this.states = states;
        this.codec = codec;
        this.schedule = schedule;
        this.owed = owed;
    }

    boolean knows(String videoId) {
        return states.get(videoId) != null;
    }

    /**
     * The state of a video that is known.
     *
     * @throws StrandedVideoException if what is stored cannot be read, or its model is no longer installed
     * @throws NewerRecordException if a later version stored it
     */
    VideoState state(String videoId) {
        return codec.decode(states.get(videoId));
    }

    /** Whether a video is known and has not ended; one whose state nobody can read has not. */
    boolean isOpen(String videoId) {
        byte[] stored = states.get(videoId);
        return stored != null && !StateCodec.hasEnded(stored);
    }

    /** What to remember of a video that cannot go on: that it failed; nothing if its state cannot be read. */
    Optional<byte[]> failed(String videoId) {
        return StateCodec.failed(states.get(videoId));
    }

    /**
     * @param now milliseconds since 1970, by the wall clock
     * @param cause headers of what changed it
     */
    void apply(Effects.Change change, long now, CarriedHeaders cause) {
        String videoId = change.videoId();
        change.stored().ifPresentOrElse(bytes -> states.put(videoId, bytes), () -> states.delete(videoId));
        change.state().ifPresentOrElse(state -> keepInMind(videoId, state, now, cause), () -> forget(videoId));
    }

    List<TaskName> overdue(long now) {
        return deadlines.overdue(now);
    }

    /** Videos that are held for viewers, who may have gone without a word. */
    List<String> watched() {
        return List.copyOf(watched);
    }

    /**
     * Calls to mind, once, the videos that were running when another director stopped. Those of a director of a later version
     * are left to the next one: what happens to them meanwhile is parked.
     *
     * @return those that cannot go on, and why
     */
    Map<String, String> recall(long now) {
        Map<String, String> stranded = new LinkedHashMap<>();
        if (recalled) {
            return stranded;
        }
        recalled = true;
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> video = all.next();
                try {
                    if (!StateCodec.hasEnded(video.value)) {
                        keepInMind(video.key, codec.decode(video.value), now, CarriedHeaders.NONE);
                    }
                } catch (StrandedVideoException e) {
                    stranded.put(video.key, e.getMessage());
                } catch (NewerRecordException e) {
                    LOG.warn("{} is left to a later version: {}", video.key, e.getMessage());
                }
            }
        }
        return stranded;
    }

    private void keepInMind(String videoId, VideoState state, long now, CarriedHeaders cause) {
        deadlines.follow(videoId, state, now);
        schedule.follow(videoId, state, cause);
        owed.follow(videoId, state);
        if (state instanceof Running running && running.pacing().watched()) {
            watched.add(videoId);
        } else {
            watched.remove(videoId);
        }
    }

    private void forget(String videoId) {
        deadlines.forget(videoId);
        schedule.forget(videoId);
        owed.forget(videoId);
        watched.remove(videoId);
    }
}
