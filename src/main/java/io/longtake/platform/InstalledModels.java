package io.longtake.platform;

import io.longtake.director.Catalogue;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The director's catalogue: whatever the model repository holds, each manifest read once. */
public final class InstalledModels implements Catalogue {

    private final ModelRepository repository;
    private final SortedSet<String> names;
    private final Map<String, Entry> read = new ConcurrentHashMap<>();

    public InstalledModels(ModelRepository repository) {
        this.repository = repository;
        this.names = new TreeSet<>(repository.names());
    }

    @Override
    public Optional<Entry> find(String model) {
        return names.contains(model) ? Optional.of(read.computeIfAbsent(model, this::read)) : Optional.empty();
    }

    @Override
    public SortedSet<String> names() {
        return names;
    }

    private Entry read(String model) {
        StoredModel found = repository.find(model);
        return new Entry(found.manifest(), found.digest());
    }
}
