package io.longtake.worker;

import io.longtake.event.StageName;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.stage.Stages;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The models that a worker has opened: once each, for the stages that it takes. */
final class ModelShelf implements AutoCloseable {

    /** A model ready to run. */
    record Opened(LoadedModel model, Stages stages) {
        int frameRate() {
            return model.manifest().film().fps();
        }
    }

    private final ModelRepository repository;
    private final String engine;
    private final Set<StageName> wanted;
    private final Map<String, Opened> opened = new HashMap<>();

    ModelShelf(ModelRepository repository, String engine, Set<StageName> wanted) {
        this.repository = repository;
        this.engine = engine;
        this.wanted = wanted;
    }

    /**
     * A model, by name.
     *
     * @throws WrongModelException if this worker's model of that name is another one
     */
    synchronized Opened open(String name, String digest) {
        Opened model = opened.computeIfAbsent(name, this::load);
        if (!model.model().digest().equals(digest)) {
            throw new WrongModelException("model %s: this worker has digest %s, the task wants %s"
                    .formatted(name, model.model().digest(), digest));
        }
        return model;
    }

    private Opened load(String name) {
        LoadedModel model = LoadedModel.open(repository.find(name), engine);
        return new Opened(model, Stages.open(model, wanted));
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(model -> model.model().close());
        opened.clear();
    }

    /** Another worker may have the right one: the task is given back. */
    static final class WrongModelException extends RuntimeException {
        WrongModelException(String message) {
            super(message);
        }
    }
}
