package io.longtake.director;

import io.longtake.event.PayloadRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One segment on its way from prompt to stitcher: the stages whose task is out, and those that are done.
 *
 * @param number from 0
 * @param steps by stage; a stage without a step has not been asked for yet
 */
record Segment(int number, Map<String, Step> steps) {

    /**
     * How far a stage is.
     *
     * @param outputs where they lie, by name: none yet, or none because frames were published
     * @param attempts how often its task was sent
     */
    record Step(boolean done, Map<String, PayloadRef> outputs, int attempts) {
        static final Step ISSUED = new Step(false, Map.of(), 1);

        Step {
            outputs = Map.copyOf(outputs);
        }

        Step made(Map<String, PayloadRef> results) {
            return new Step(true, results, attempts);
        }

        Step retried() {
            return new Step(false, Map.of(), attempts + 1);
        }
    }

    Segment {
        steps = Map.copyOf(steps);
    }

    static Segment fresh(int number) {
        return new Segment(number, Map.of());
    }

    boolean issued(String stage) {
        return steps.containsKey(stage);
    }

    boolean done(String stage) {
        return issued(stage) && steps.get(stage).done();
    }

    /** Whether a stage's task is out, and nothing has come of it yet. */
    boolean open(String stage) {
        return issued(stage) && !done(stage);
    }

    /** Where an output of a stage lies, if it is there. */
    Optional<PayloadRef> output(String stage, String output) {
        return Optional.ofNullable(steps.get(stage)).map(step -> step.outputs().get(output));
    }

    Segment with(String stage, Step step) {
        Map<String, Step> more = new HashMap<>(steps);
        more.put(stage, step);
        return new Segment(number, more);
    }
}
