package io.longtake.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A model.json by itself: what a process knows of a model that it does not have, or tells others of one that it has. */
public record ManifestFile(ModelManifest manifest, String digest) {

    /**
     * Reads one.
     *
     * @throws ManifestException if it cannot be honoured
     */
    public static ManifestFile of(byte[] json) {
        return new ManifestFile(ManifestReader.parse(json), Sha256.of(json));
    }

    /**
     * The bytes of a model's.
     *
     * @throws ManifestException if it has changed since the model was found
     */
    public static byte[] bytes(StoredModel model) {
        try {
            byte[] json = Files.readAllBytes(model.folder().resolve("model.json"));
            if (!Sha256.of(json).equals(model.digest())) {
                throw new ManifestException(model.folder().resolve("model.json") + " has changed since it was read");
            }
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + model.folder().resolve("model.json"), e);
        }
    }
}
