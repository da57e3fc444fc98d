package io.longtake.api;

import io.longtake.director.Catalogue.Entry;
import java.util.List;
import java.util.Optional;

/** Which words models know. */
@FunctionalInterface
public interface KnownWords {

    /** Nothing if the model makes words of their parts, or its files are not here. */
    Optional<List<String>> of(Entry model);
}
