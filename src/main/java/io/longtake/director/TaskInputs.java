package io.longtake.director;

import io.longtake.event.PayloadRef;
import io.longtake.model.InputRole;
import io.longtake.model.InputSource;
import io.longtake.model.PipelineStage;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds what a stage of a segment works on, once all of it is there. */
final class TaskInputs {

    private TaskInputs() {}

    /** The inputs by role, as the pipeline has them, or empty while one is missing. The first segment has none of the one before. */
    static Optional<Map<String, PayloadRef>> of(PipelineStage stage, int number, SortedMap<Integer, Segment> segments) {
        Map<String, PayloadRef> inputs = new TreeMap<>();
        for (Map.Entry<InputRole, InputSource> input : stage.inputs().entrySet()) {
            InputRole role = input.getKey();
            if (role.isOfSegmentBefore() && number == 0) {
                continue;
            }
            Segment made = segments.get(role.isOfSegmentBefore() ? number - 1 : number);
            Optional<PayloadRef> found = Optional.ofNullable(made)
                    .flatMap(segment -> segment.output(
                            input.getValue().stage(), input.getValue().output()));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            inputs.put(role.wireName(), found.get());
        }
        return Optional.of(inputs);
    }
}
