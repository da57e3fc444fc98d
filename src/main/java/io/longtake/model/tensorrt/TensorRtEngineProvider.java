package io.longtake.model.tensorrt;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;
import java.util.function.Supplier;

/** Tells DJL of engine "TensorRT". */
public final class TensorRtEngineProvider implements EngineProvider {

    private static final OnceOpened OPENED = new OnceOpened(TensorRtEngineProvider::open);

    @Override
    public String getEngineName() {
        return TensorRtEngine.NAME;
    }

    @Override
    public int getEngineRank() {
        return TensorRtEngine.RANK;
    }

    /**
     * The engine of this process.
     *
     * @throws EngineException if it cannot run here, at each call, saying why and what to do
     */
    @Override
    public Engine getEngine() {
        return OPENED.engine();
    }

    private static TensorRtEngine open() {
        JavaCppLoading.quietly();
        Cuda cuda = new JavaCppCuda();
        TensorRtEngine engine = new TensorRtEngine(cuda, new JavaCppTensorRt(cuda));
        // Finds out now, not at the first model, whether its libraries are there too.
        engine.getVersion();
        return engine;
    }

    /** Keeps the engine, or why a library could not be loaded: Java says that once, and from then on that it did before. */
    static final class OnceOpened {

        private final Supplier<TensorRtEngine> open;
        private TensorRtEngine engine;
        private LinkageError refusal;

        OnceOpened(Supplier<TensorRtEngine> open) {
            this.open = open;
        }

        synchronized TensorRtEngine engine() {
            if (refusal != null) {
                throw MissingLibrary.explain(refusal);
            }
            if (engine == null) {
                try {
                    engine = open.get();
                } catch (LinkageError e) {
                    refusal = e;
                    throw MissingLibrary.explain(e);
                }
            }
            return engine;
        }
    }
}
