package io.longtake.worker;

import io.longtake.event.StageName;
import io.longtake.event.StageTask;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tasks with an equal one may share a call: the same network, run as often, with as many entries for each task. Only keyframes
 * leave a task a choice in that.
 *
 * @param modelDigest also stands for the model's name
 * @param steps of the keyframes; 0 elsewhere
 * @param guided whether the keyframes are asked for under the negative prompt too
 * @param opening whether nothing comes before: then there is no context to be guided towards
 */
record BatchKey(StageName stage, String modelDigest, int steps, boolean guided, boolean opening) {

    static BatchKey of(StageTask task) {
        return task.getStage() == StageName.KEYFRAMES
                ? new BatchKey(
                        task.getStage(),
                        task.getModelDigest(),
                        task.getSteps(),
                        task.getGuidance() != 1,
                        task.getSegment() == 0)
                : new BatchKey(task.getStage(), task.getModelDigest(), 0, false, false);
    }

    /** What may share a call, in the order in which the first of each came. */
    static <T> Collection<List<T>> groups(List<T> items, Function<T, StageTask> task) {
        Map<BatchKey, List<T>> groups = items.stream()
                .collect(Collectors.groupingBy(item -> of(task.apply(item)), LinkedHashMap::new, Collectors.toList()));
        return groups.values();
    }
}
