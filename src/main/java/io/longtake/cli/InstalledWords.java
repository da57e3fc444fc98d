package io.longtake.cli;

import io.longtake.api.KnownWords;
import io.longtake.director.Catalogue.Entry;
import io.longtake.model.ModelRepository;
import io.longtake.model.UnknownModelException;
import io.longtake.model.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The words of the models that lie on this machine, each tokenizer read once. */
final class InstalledWords implements KnownWords {

    private final ModelRepository repository;
    private final Map<String, Optional<List<String>>> read = new ConcurrentHashMap<>();

    InstalledWords(ModelRepository repository) {
        this.repository = repository;
    }

    @Override
    public Optional<List<String>> of(Entry model) {
        return read.computeIfAbsent(model.digest(), digest -> words(model));
    }

    private Optional<List<String>> words(Entry model) {
        try {
            return Vocabulary.of(repository.findByDigest(model.manifest().name(), model.digest()));
        } catch (UnknownModelException e) {
            return Optional.empty();
        }
    }
}
