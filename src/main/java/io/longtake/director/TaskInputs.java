package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.event.StageName;
import io.longtake.event.StageOrder;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says what a stage of a segment works on, once all of it is there. */
final class TaskInputs {

    static final String CONTEXT = "context";
    static final String SOURCE = "source";
    static final String HALO = "halo";

    private TaskInputs() {}

    /**
     * The inputs by role, or empty while one is missing.
     *
     * <p>Keyframes continue the keyframes of the segment before. Every other stage works on the output of the stage
     * before it, and decoder and upsampler see the same of the segment before.
     */
    static Optional<Map<String, PayloadRef>> of(
            StageName stage, int segment, StageOrder stages, SortedMap<Integer, Segment> segments) {
        Map<String, PayloadRef> inputs = new TreeMap<>();
        if (stages.before(stage).isEmpty()) {
            return segment == 0 || put(inputs, CONTEXT, stage, segments.get(segment - 1))
                    ? Optional.of(inputs)
                    : Optional.empty();
        }
        StageName before = stages.before(stage).get();
        boolean source = put(inputs, SOURCE, before, segments.get(segment));
        boolean halo =
                segment == 0 || !StageOrder.seesHalo(stage) || put(inputs, HALO, before, segments.get(segment - 1));
        return source && halo ? Optional.of(inputs) : Optional.empty();
    }

    private static boolean put(Map<String, PayloadRef> inputs, String role, StageName stage, Segment segment) {
        if (segment == null || segment.output(stage).isEmpty()) {
            return false;
        }
        inputs.put(role, segment.output(stage).get());
        return true;
    }
}
