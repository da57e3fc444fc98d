package io.longtake.platform;

import io.longtake.director.Catalogue;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.UnknownModelException;
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
    /** By name and digest: the director asks for that of a running video at each of its records. */
    private final Map<String, Entry> older = new ConcurrentHashMap<>();

    public InstalledModels(ModelRepository repository) {
        this.repository = repository;
        this.names = new TreeSet<>(repository.names());
    }

    @Override
    public Optional<Entry> find(String model) {
        return names.contains(model) ? Optional.of(read.computeIfAbsent(model, this::read)) : Optional.empty();
    }

    @Override
    public Optional<Entry> find(String model, String digest) {
        return find(model)
                .filter(entry -> entry.digest().equals(digest))
                .or(() ->
                        Optional.ofNullable(older.computeIfAbsent(model + "/" + digest, key -> older(model, digest))));
    }

    /** Null if it is not here: it may come yet, so that is not kept. */
    private Entry older(String model, String digest) {
        try {
            return entry(repository.findByDigest(model, digest));
        } catch (UnknownModelException e) {
            return null;
        }
    }

    @Override
    public SortedSet<String> names() {
        return names;
    }

    private Entry read(String model) {
        return entry(repository.find(model));
    }

    private static Entry entry(StoredModel found) {
        return new Entry(found.manifest(), found.digest());
    }
}
