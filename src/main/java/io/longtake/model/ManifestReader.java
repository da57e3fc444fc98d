package io.longtake.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads model.json. */
final class ManifestReader {

    /** A manifest is some kilobytes; anything larger is not one. */
    static final int LIMIT = 1 << 20;

    // A field that nobody knows is a typing mistake, or a promise that this version cannot keep.
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ManifestReader() {}

    /** The model in a folder; fails naming the file, and the field if one is wrong. */
    static StoredModel read(Path folder) {
        Path path = folder.resolve("model.json");
        byte[] bytes = bytes(path);
        try {
            return new StoredModel(folder, JSON.readValue(bytes, ModelManifest.class), Sha256.of(bytes));
        } catch (JsonProcessingException e) {
            throw new ManifestException(path + ": " + reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** One that lies in no folder; fails naming the field if one is wrong. */
    static ModelManifest parse(byte[] json) {
        if (json.length > LIMIT) {
            throw new ManifestException(
                    String.format(Locale.ROOT, "model.json must hold at most %d bytes, found %d", LIMIT, json.length));
        }
        try {
            return JSON.readValue(json, ModelManifest.class);
        } catch (JsonProcessingException e) {
            throw new ManifestException("model.json: " + reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(JsonProcessingException e) {
        return e.getCause() instanceof ManifestException cause ? cause.getMessage() : e.getOriginalMessage();
    }

    private static byte[] bytes(Path path) {
        try {
            if (Files.size(path) > LIMIT) {
                throw new ManifestException(String.format(
                        Locale.ROOT, "%s must hold at most %d bytes, found %d", path, LIMIT, Files.size(path)));
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
