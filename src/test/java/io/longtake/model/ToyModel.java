package io.longtake.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The model of {@code src/test/resources/models/toy}: all graphs of a real one, made of sums and products. */
public final class ToyModel {

    public static final Path ROOT = Path.of("src/test/resources/models");

    /** Its stages, which every other model of the tests has too. */
    public static final Set<String> STAGES =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("keyframes", "interpolate", "decode", "upsample")));

    private ToyModel() {}

    public static StoredModel stored() {
        return new ModelRepository(List.of(ROOT)).find("toy");
    }

    /** Builds on the toy model; interpolates in two passes, T to 4T to 16T. */
    public static StoredModel paced() {
        return new ModelRepository(List.of(ROOT)).find("toy-paced");
    }

    /** Builds on the toy model; its segments follow each other by reuse-and-diffuse, 6 keyframes each. */
    public static StoredModel reuse() {
        return new ModelRepository(List.of(ROOT)).find("toy-reuse");
    }

    /** Builds on the toy model, and enlarges frames in two stages: five in all, named in its manifest. */
    public static StoredModel five() {
        return new ModelRepository(List.of(ROOT)).find("toy-five");
    }

    public static LoadedModel open() {
        return LoadedModel.open(stored(), "OnnxRuntime");
    }

    /** A copy of the model in {@code root}, its manifest edited. */
    public static StoredModel copy(Path root, Consumer<ObjectNode> edit) {
        return copy("toy", root, edit);
    }

    /** A copy of one of the models. */
    public static StoredModel copy(String name, Path root, Consumer<ObjectNode> edit) {
        Path from = ROOT.resolve(name).resolve("1");
        Path to = root.resolve(name).resolve("1");
        try (var files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot copy model " + name, e);
        }
        return edit(to, edit);
    }

    /** A copied model, its manifest edited once more. */
    public static StoredModel edit(StoredModel model, Consumer<ObjectNode> edit) {
        return edit(model.folder(), edit);
    }

    private static StoredModel edit(Path folder, Consumer<ObjectNode> edit) {
        Path path = folder.resolve("model.json");
        try {
            ObjectMapper json = new ObjectMapper();
            ObjectNode manifest = (ObjectNode) json.readTree(path.toFile());
            edit.accept(manifest);
            json.writeValue(path.toFile(), manifest);
        } catch (IOException e) {
            throw new IllegalStateException("cannot edit " + path, e);
        }
        return ManifestReader.read(folder);
    }
}
