package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.event.Shortened;
import io.longtake.event.StageResult;
import io.longtake.event.Topic;

/**
 * Limits of what a worker says: the director keeps it in its state and hands it on in tasks and events, each of which must fit
 * a record. Whether a payload is what it claims to be is seen by the worker that reads it.
 */
final class ResultCheck {

    private static final int WORKER = 1000;
    private static final int PAYLOAD_ID = 100;
    private static final int AXES = 8;
    private static final int OUTPUTS = 16;
    private static final int NAME = 32;
    private static final int TAKES = 16_384;

    private ResultCheck() {}

    /**
     * Passes a result through, its reason cut to {@link Shortened#REASON} characters.
     *
     * @throws RejectedEventException naming the field, its value and the limit
     */
    static StageResult check(StageResult result) {
        atMost("worker characters", result.getWorker().length(), WORKER);
        atMost("takes", result.getTakes(), TAKES);
        atMost("outputs", result.getOutputs().size(), OUTPUTS);
        result.getOutputs().forEach(ResultCheck::check);
        return StageResult.newBuilder(result)
                .setReason(Shortened.text(result.getReason(), Shortened.REASON))
                .build();
    }

    private static void check(String name, PayloadRef output) {
        atMost("outputs: characters of a name", name.length(), NAME);
        String at = "outputs." + name;
        atMost(at + ".payload_id characters", output.getPayloadId().length(), PAYLOAD_ID);
        if (!output.getTopic().equals(Topic.LATENTS.topicName())) {
            throw new RejectedEventException(at + ".topic: expected " + Topic.LATENTS.topicName() + ", got "
                    + Shortened.text(output.getTopic(), 60));
        }
        atMost(at + ".shape axes", output.getShape().size(), AXES);
    }

    private static void atMost(String field, int value, int limit) {
        if (value > limit) {
            throw new RejectedEventException(field + ": expected at most " + limit + ", got " + value);
        }
    }
}
