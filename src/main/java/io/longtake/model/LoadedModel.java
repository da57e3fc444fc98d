package io.longtake.model;

/** An opened model: its manifest and its graphs. */
public final class LoadedModel implements AutoCloseable {

    private final StoredModel stored;

    private LoadedModel(StoredModel stored) {
        this.stored = stored;
    }

    /** Opens a model after checking every file of it. */
    public static LoadedModel open(StoredModel stored, String engine) {
        stored.verify();
        return new LoadedModel(stored);
    }

    public ModelManifest manifest() {
        return stored.manifest();
    }

    public String digest() {
        return stored.digest();
    }

    @Override
    public void close() {}
}
