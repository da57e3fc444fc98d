package io.longtake.stage;

import io.longtake.model.InputSource;
import io.longtake.tensor.Content;
import java.util.Map;

/**
 * What a stage made of a segment.
 *
 * @param byName the output that every stage has, {@link InputSource#OUT}, and others that some stages have
 */
public record StageOutputs(Map<String, Content> byName) {

    public StageOutputs {
        byName = Map.copyOf(byName);
        if (!byName.containsKey(InputSource.OUT)) {
            throw new IllegalArgumentException("a stage makes '" + InputSource.OUT + "', found " + byName.keySet());
        }
    }

    /** Of a stage that makes one thing. */
    public static StageOutputs of(Content out) {
        return new StageOutputs(Map.of(InputSource.OUT, out));
    }

    public Content out() {
        return byName.get(InputSource.OUT);
    }
}
