package io.longtake.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A model as it lies in a repository, its manifest read and its files not yet opened.
 *
 * @param folder that holds model.json and the files beside it: {@code <root>/<name>/<version>}
 * @param manifest what model.json says
 * @param digest SHA-256 of model.json, which names every other file's: the model's identity
 */
public record StoredModel(Path folder, ModelManifest manifest, String digest) {

    /** Path of one of the model's files: beside the manifest, or else in the folder of the base, and of no base of that. */
    public Path file(String name) {
        Path own = folder.resolve(name);
        return manifest.base() == null || Files.exists(own) ? own : base().resolve(name);
    }

    /**
     * Where a graph's files lie, all of them: a graph looks for its weights beside itself, so they are never taken from one folder
     * and the graph from the other.
     */
    Path folder(GraphSpec graph) {
        return file(graph.file()).getParent();
    }

    private Path base() {
        Path root = folder.resolve("../..");
        return root.resolve(manifest.base().name())
                .resolve(manifest.base().version())
                .normalize();
    }

    /**
     * Checks that every file is there and is the one that the manifest means.
     *
     * @throws ModelFileException naming the first file that is not
     */
    public void verify() {
        if (manifest.base() != null && !Files.isDirectory(base())) {
            throw new ModelFileException(String.format(
                    Locale.ROOT,
                    "%s builds on model %s version %s, which is missing: expected a folder %s",
                    folder,
                    manifest.base().name(),
                    manifest.base().version(),
                    base()));
        }
        FileSpec tokenizer = manifest.text().tokenizer();
        verify(tokenizer, file(tokenizer.file()));
        manifest.graphs().forEach(graph -> graph.files()
                .forEach(file -> verify(file, folder(graph).resolve(file.file()))));
    }

    private void verify(FileSpec expected, Path path) {
        if (!Files.isRegularFile(path)) {
            String also = path.startsWith(folder) ? "" : ", and so is " + folder.resolve(expected.file());
            throw new ModelFileException(
                    path + " is missing" + also + "; fetch or export model " + manifest.name() + " again");
        }
        try {
            String found = Sha256.of(path);
            if (!found.equals(expected.sha256())) {
                throw new ModelFileException(String.format(
                        Locale.ROOT,
                        "%s is not the file its manifest names: expected SHA-256 %s, found %s",
                        path,
                        expected.sha256(),
                        found));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
