package io.longtake.worker;

import io.longtake.event.StageTask;
import io.longtake.stage.Stage;
import io.longtake.stage.StageInput;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tasks with an equal one may share a call: the same network, run as often, with as many entries for each task.
 *
 * @param modelDigest also stands for the model's name
 * @param call what the stage asks for beyond that, see {@link Stage#callKey}
 */
record BatchKey(String stage, String modelDigest, Object call) {

    static BatchKey of(StageTask task, StageInput input, Stage stages) {
        return new BatchKey(input.stage(), task.getModelDigest(), stages.callKey(input));
    }

    /** What may share a call, in the order in which the first of each came. */
    static Collection<List<TaskRunner.Prepared>> groups(List<TaskRunner.Prepared> tasks) {
        return tasks.stream()
                .collect(Collectors.groupingBy(TaskRunner.Prepared::key, LinkedHashMap::new, Collectors.toList()))
                .values();
    }
}
