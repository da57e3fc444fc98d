package io.longtake.worker;

import io.longtake.event.StageName;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.stage.Stages;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The models of a repository, opened at their first task, once each, for the stages that the worker takes. */
public final class ModelShelf implements Models {

    private record Opened(LoadedModel model, Ready ready) {}

    private final ModelRepository repository;
    private final String engine;
    private final Set<StageName> stages;
    private final Map<String, Opened> opened = new HashMap<>();

    /**
     * @param engine DJL engine that runs the models: {@code OnnxRuntime}, or {@code auto}
     * @param stages those that will be asked for
     */
    public ModelShelf(ModelRepository repository, String engine, Set<StageName> stages) {
        this.repository = repository;
        this.engine = engine;
        this.stages = Set.copyOf(stages);
    }

    @Override
    public synchronized Ready open(String name, String digest) {
        Opened found = opened.computeIfAbsent(name, this::load);
        if (!found.model().digest().equals(digest)) {
            throw new WrongModelException("model %s: this worker has digest %s, the task wants %s"
                    .formatted(name, found.model().digest(), digest));
        }
        return found.ready();
    }

    private Opened load(String name) {
        LoadedModel model = LoadedModel.open(repository.find(name), engine);
        return new Opened(
                model,
                new Ready(Stages.open(model, stages), model.manifest().film().fps()));
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(found -> found.model().close());
        opened.clear();
    }
}
