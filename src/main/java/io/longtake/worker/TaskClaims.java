package io.longtake.worker;

import io.longtake.event.Reason;
import io.longtake.event.StageTask;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoId;
import io.longtake.model.InputRole;
import io.longtake.stage.StageInputException;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;

/** What a task says of itself, before anything is done for it: anybody may have written it. Steps, guidance and inputs are the stage's to judge. */
final class TaskClaims {

    private TaskClaims() {}

    /** @throws UnreadableRecordException if it does not say whose it is, so that nobody could be told of its end */
    static void checkAddress(StageTask task) {
        if (!VideoId.isOne(task.getVideoId())) {
            throw new UnreadableRecordException(
                    Reason.cut("StageTask, video_id: " + VideoId.EXPECTED + ", got " + task.getVideoId()));
        }
        if (task.getSegment() < 0) {
            throw new UnreadableRecordException("StageTask, segment: expected at least 0, got " + task.getSegment());
        }
    }

    /** @throws StageInputException naming the field, its value and the limit */
    static void check(StageTask task) {
        within("frame_count", task.getFrameCount(), 1, EncodedBatch.MAX_FRAMES);
        within("first_frame", task.getFirstFrame(), 0, Long.MAX_VALUE - EncodedBatch.MAX_FRAMES);
        try {
            Codec.parse(task.getCodec());
            task.getInputs().keySet().forEach(InputRole::of);
        } catch (IllegalArgumentException e) {
            throw new StageInputException(Reason.of(e));
        }
    }

    private static void within(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new StageInputException(field + ": expected " + min + ".." + max + ", got " + value);
        }
    }
}
