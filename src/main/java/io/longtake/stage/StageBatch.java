package io.longtake.stage;

import java.util.ArrayList;
import java.util.List;

/**
 * Tasks of one stage for one call of its networks, of one video or of several. The call always has {@code size} entries: what is
 * missing is filled up with copies of the first, so that a task's result is the same whoever is with it. Another size is
 * other kernels and other last bits.
 *
 * @param inputs what is asked for, all of one stage, at least one
 * @param size entries of the call
 * @param rank of several batches at once, the one with the smallest rank gets the device first; no result depends on it
 */
public record StageBatch(List<StageInput> inputs, int size, double rank) {

    public StageBatch {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty() || inputs.size() > size) {
            throw new IllegalArgumentException(
                    "a batch of size " + size + " holds from 1 to " + size + " inputs, found " + inputs.size());
        }
        if (inputs.stream().map(StageInput::stage).distinct().count() > 1) {
            throw new IllegalArgumentException("a batch is of one stage, found "
                    + inputs.stream().map(StageInput::stage).distinct().toList());
        }
    }

    /** A batch that goes before all others. */
    public StageBatch(List<StageInput> inputs, int size) {
        this(inputs, size, Double.NEGATIVE_INFINITY);
    }

    /** A batch of one: nothing is filled up. */
    public static StageBatch of(StageInput input) {
        return new StageBatch(List.of(input), 1);
    }

    /** As many entries as the call has, made from those of the inputs. */
    <T> List<T> filled(List<T> entries) {
        List<T> all = new ArrayList<>(entries);
        while (all.size() < size) {
            all.add(entries.get(0));
        }
        return all;
    }
}
