package io.longtake.worker;

import io.longtake.model.Device;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.UnknownModelException;
import io.longtake.stage.Stages;
import io.longtake.stage.WorkerSizes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a repository, opened once each, by digest, several versions of one side by side, for the stages that the worker takes:
 * one at the start, others at their first task.
 */
public final class OpenModels implements Models {

    private static final Logger LOG = LoggerFactory.getLogger(OpenModels.class);

    private record Opened(LoadedModel model, Stages stages) {}

    private final ModelRepository repository;
    private final String engine;
    private final Set<String> stages;
    private final String first;
    private final int batch;
    private final boolean runsOnce;
    private final Map<String, Opened> opened = new HashMap<>();

    /**
     * @param engine DJL engine that runs the models: {@code OnnxRuntime}, or {@code auto}
     * @param stages those that will be asked for
     * @param first name of the model to warm up; if it is not installed, none is
     * @param batch tasks of a call, whose size is warmed up
     * @param runsOnce whether the stages run once before the first task, too, which takes as long as half a second of video: for a
     *     worker that stays, not for one that came with its only video
     */
    public OpenModels(
            ModelRepository repository, String engine, Set<String> stages, String first, int batch, boolean runsOnce) {
        this.repository = repository;
        this.engine = engine;
        this.stages = Set.copyOf(stages);
        this.first = first;
        this.batch = batch;
        this.runsOnce = runsOnce;
    }

    @Override
    public synchronized Ready open(String name, String digest) {
        Opened found = opened.get(digest);
        if (found == null) {
            found = load(find(name, digest));
        }
        return new Ready(found.stages(), found.model().manifest().video().fps());
    }

    /** A model that cannot be run is told of here, and says so again at its first task, whose video fails of it. */
    @Override
    public synchronized void warmUp() {
        if (!repository.names().contains(first)) {
            return;
        }
        try {
            StoredModel newest = repository.find(first);
            if (!opened.containsKey(newest.digest())) {
                Stages loaded = load(newest).stages();
                if (runsOnce) {
                    loaded.warmUp(batch);
                } else {
                    loaded.openGraphs();
                }
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("model {} cannot be warmed up: {}", first, e.getMessage(), e);
        }
    }

    private StoredModel find(String name, String digest) {
        try {
            return repository.findByDigest(name, digest);
        } catch (UnknownModelException e) {
            throw new WrongModelException("this worker cannot do the task: " + e.getMessage());
        }
    }

    private Opened load(StoredModel stored) {
        LoadedModel model = LoadedModel.open(stored, Device.of(engine), new WorkerSizes(stored.manifest(), batch));
        Opened loaded = new Opened(model, Stages.open(model, stages));
        opened.put(stored.digest(), loaded);
        return loaded;
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(found -> found.model().close());
        opened.clear();
    }
}
