package io.longtake.director;

import io.longtake.event.DeadLetter;
import io.longtake.event.Outgoing;
import io.longtake.event.ParkedRecord;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the director does because of one record, checked and encoded before any of it is done: what a record says can make
 * its effects fail to come about, but never leave them half-done.
 *
 * @param change of what is stored; empty: none
 * @param sent records, in their order
 */
record Effects(Optional<Change> change, List<Outgoing> sent) {

    static final Effects NOTHING = new Effects(Optional.empty(), List.of());

    /**
     * What is stored of one video from now on.
     *
     * @param state empty: the video cannot go on
     * @param stored the state's bytes, or those that remember that it ended; empty: nothing is remembered
     */
    record Change(String videoId, Optional<VideoState> state, Optional<byte[]> stored) {}

    Effects {
        sent = List.copyOf(sent);
    }

    /** @throws io.longtake.event.OversizedRecordException if something of it is larger than a record may be */
    static Effects of(String videoId, Decision decision, StateCodec codec) {
        byte[] stored = codec.encode(decision.next());
        List<Outgoing> sent = Stream.concat(
                        decision.tasks().stream().map(Effects::outgoing),
                        decision.events().stream().map(Effects::outgoing))
                .toList();
        return new Effects(Optional.of(new Change(videoId, Optional.of(decision.next()), Optional.of(stored))), sent);
    }

    /** A video that cannot go on is ended. */
    static Effects ending(String videoId, Optional<byte[]> stored, VideoEvent event) {
        return new Effects(Optional.of(new Change(videoId, Optional.empty(), stored)), List.of(outgoing(event)));
    }

    static Effects telling(VideoEvent event) {
        return new Effects(Optional.empty(), List.of(outgoing(event)));
    }

    /** @throws io.longtake.event.OversizedRecordException if it is too large to be parked */
    static Effects parking(ParkedRecord record) {
        return new Effects(Optional.empty(), List.of(Outgoing.of(record)));
    }

    /** The same, and a letter about the record that caused it. */
    Effects with(DeadLetter letter) {
        return with(Outgoing.of(letter));
    }

    Effects with(Outgoing record) {
        List<Outgoing> more = new ArrayList<>(sent);
        more.add(record);
        return new Effects(change, more);
    }

    private static Outgoing outgoing(StageTask task) {
        return Outgoing.of(Topic.ofTasks(task.getStage()), task.getVideoId(), task);
    }

    private static Outgoing outgoing(VideoEvent event) {
        return Outgoing.of(Topic.VIDEOS, event.getVideoId(), event);
    }
}
