package io.longtake.director;

import io.longtake.model.ModelManifest;
import java.util.Optional;
import java.util.SortedSet;

/** The models that videos can be ordered of. */
public interface Catalogue {

    /** A model, and the SHA-256 of its model.json. */
    record Entry(ModelManifest manifest, String digest) {}

    /** The newest version of a model. */
    Optional<Entry> find(String model);

    /** The version of a model that has this digest: a video goes on with the one that it began with. */
    default Optional<Entry> find(String model, String digest) {
        return find(model).filter(entry -> entry.digest().equals(digest));
    }

    /** For messages. */
    SortedSet<String> names();
}
