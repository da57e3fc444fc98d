package io.longtake.director;

import io.longtake.event.StageTask;
import io.longtake.event.VideoEvent;
import java.util.List;

/**
 * What the director does about an event.
 *
 * @param next the video's state from now on
 * @param tasks to send to the workers
 * @param events to tell the world
 */
public record Decision(VideoState next, List<StageTask> tasks, List<VideoEvent> events) {

    public Decision {
        tasks = List.copyOf(tasks);
        events = List.copyOf(events);
    }

    /** The state, and what to tell of it; what is to be sent now is {@link Schedule}'s to say. */
    static Decision of(VideoState next, VideoEvent... events) {
        return new Decision(next, List.of(), List.of(events));
    }

    /** Nothing to do: the event is old news. */
    static Decision unchanged(VideoState state) {
        return new Decision(state, List.of(), List.of());
    }
}
