package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.event.StageName;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One segment on its way from prompt to stitcher: the stages whose task is out, and those that are done.
 *
 * @param number from 0
 * @param steps by stage; a stage without a step has not been asked for yet
 */
record Segment(int number, Map<StageName, Step> steps) {

    /**
     * How far a stage is.
     *
     * @param output where it lies: nowhere yet, or nowhere because frames were published
     * @param attempts how often its task was sent
     */
    record Step(boolean done, Optional<PayloadRef> output, int attempts) {
        static final Step ISSUED = new Step(false, Optional.empty(), 1);

        Step made(PayloadRef result) {
            return new Step(true, Optional.ofNullable(result), attempts);
        }

        Step retried() {
            return new Step(false, Optional.empty(), attempts + 1);
        }
    }

    Segment {
        steps = Collections.unmodifiableMap(copy(steps));
    }

    static Segment fresh(int number) {
        return new Segment(number, Map.of());
    }

    boolean issued(StageName stage) {
        return steps.containsKey(stage);
    }

    boolean done(StageName stage) {
        return issued(stage) && steps.get(stage).done();
    }

    /** Whether a stage's task is out, and nothing has come of it yet. */
    boolean open(StageName stage) {
        return issued(stage) && !done(stage);
    }

    Optional<PayloadRef> output(StageName stage) {
        return issued(stage) ? steps.get(stage).output() : Optional.empty();
    }

    Segment with(StageName stage, Step step) {
        Map<StageName, Step> more = copy(steps);
        more.put(stage, step);
        return new Segment(number, more);
    }

    private static Map<StageName, Step> copy(Map<StageName, Step> steps) {
        Map<StageName, Step> copy = new EnumMap<>(StageName.class);
        copy.putAll(steps);
        return copy;
    }
}
