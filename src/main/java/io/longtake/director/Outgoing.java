package io.longtake.director;

import io.longtake.event.DeadLetter;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.Wire;

/**
 * A record that the director sends, encoded already.
 *
 * @param sink of the topology
 */
record Outgoing(String sink, Topic topic, String key, byte[] value) {

    /** @throws io.longtake.event.OversizedRecordException if no broker would take it */
    static Outgoing of(StageTask task) {
        return new Outgoing(
                DirectorTopology.TASKS, Topic.ofTasks(task.getStage()), task.getVideoId(), Wire.encode(task));
    }

    /** @throws io.longtake.event.OversizedRecordException if no broker would take it */
    static Outgoing of(VideoEvent event) {
        return new Outgoing(DirectorTopology.VIDEOS, Topic.VIDEOS, event.getVideoId(), Wire.encode(event));
    }

    static Outgoing of(DeadLetter letter) {
        return new Outgoing(DirectorTopology.DEAD_LETTERS, Topic.DEAD_LETTERS, letter.getKey(), Wire.encode(letter));
    }
}
