package io.longtake.model;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * The predictors of one model, which share its weights. DJL's serve one thread each, so there are as many as there were calls at
 * once.
 */
final class Predictors<I, O> implements AutoCloseable {

    private final Supplier<Predictor<I, O>> maker;
    private final Queue<Predictor<I, O>> idle = new ConcurrentLinkedQueue<>();

    Predictors(Supplier<Predictor<I, O>> maker) {
        this.maker = maker;
    }

    O predict(I input) throws TranslateException {
        Predictor<I, O> found = idle.poll();
        Predictor<I, O> predictor = found == null ? maker.get() : found;
        try {
            return predictor.predict(input);
        } finally {
            idle.add(predictor);
        }
    }

    /** While no call is under way. */
    @Override
    public void close() {
        for (Predictor<I, O> predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
            predictor.close();
        }
    }
}
