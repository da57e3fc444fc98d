package io.longtake.stage;

import io.longtake.model.LoadedModel;
import io.longtake.tensor.Tensor;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Times one step of a stage: one call of its graph, inputs taken to the device and outputs brought back.
 *
 * @param model opened
 * @param runs timed calls, at least 1
 * @param nanoTime clock
 */
public record StageTiming(LoadedModel model, int runs, LongSupplier nanoTime) {

    /** A graph is compiled, captured or merely warm by its third call. */
    private static final int WARM = 3;

    private static final double MILLION = 1e6;

    public StageTiming {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1, found " + runs);
        }
    }

    /**
     * Wall time as a caller sees it.
     *
     * @param warmed told once the warm-up is over, so that who listens to the device's own clock begins there
     */
    public CallTimes of(String stage, int segments, Runnable warmed) {
        Runnable call = warmCall(model, stage, segments);
        warmed.run();
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            long begin = nanoTime.getAsLong();
            call.run();
            times[i] = (nanoTime.getAsLong() - begin) / MILLION;
        }
        return CallTimes.of(times);
    }

    /** A call that has been made some times, so that it takes no longer than the next. Many threads may make it. */
    public static Runnable warmCall(LoadedModel model, String stage, int segments) {
        Map<String, Tensor> inputs = TimingInputs.of(new CallShapes(model.manifest()).of(stage, segments));
        Runnable call = () -> model.graph(stage).run(inputs);
        for (int i = 0; i < WARM; i++) {
            call.run();
        }
        return call;
    }
}
