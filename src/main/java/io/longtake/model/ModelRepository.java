package io.longtake.model;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where models lie: folders {@code <root>/<name>/<version>} that hold a model.json. The first root that has a name wins.
 *
 * @param roots folders to look in, in this order; those that do not exist hold nothing
 */
public record ModelRepository(List<Path> roots) {

    public ModelRepository {
        roots = List.copyOf(roots);
    }

    /**
     * The usual places: system property {@code longtake.models} or else environment variable {@code LONGTAKE_MODELS}
     * (folders separated as in a class path), {@code ./models}, and {@code models} in the installation directory (system
     * property {@code longtake.home} or else {@code LONGTAKE_HOME}).
     */
    public static ModelRepository standard() {
        return standard(System::getProperty, System::getenv);
    }

    static ModelRepository standard(UnaryOperator<String> property, UnaryOperator<String> environment) {
        List<Path> roots = new ArrayList<>();
        setting(property, "longtake.models", environment, "LONGTAKE_MODELS")
                .ifPresent(list ->
                        Stream.of(list.split(File.pathSeparator)).map(Path::of).forEach(roots::add));
        roots.add(Path.of("models"));
        setting(property, "longtake.home", environment, "LONGTAKE_HOME")
                .ifPresent(home -> roots.add(Path.of(home, "models")));
        return new ModelRepository(roots);
    }

    /**
     * The newest version of a model.
     *
     * @throws UnknownModelException if there is none of that name
     * @throws ManifestException if its manifest cannot be honoured
     */
    public StoredModel find(String name) {
        return folder(name)
                .flatMap(folder -> versions(folder).max(Comparator.comparing(Version::of)))
                .map(ManifestReader::read)
                .map(model -> placed(model, name))
                .orElseThrow(() -> unknown("no model is named '" + name + "'"));
    }

    /** One version of a model; fails as {@link #find(String)} does. */
    public StoredModel find(String name, String version) {
        return folder(name)
                .flatMap(folder -> versions(folder)
                        .filter(path -> path.getFileName().toString().equals(version))
                        .findFirst())
                .map(ManifestReader::read)
                .map(model -> placed(model, name))
                .orElseThrow(() -> unknown("model '" + name + "' has no version '" + version + "'"));
    }

    /** Names of all models, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Path root : roots) {
            folders(root)
                    .filter(folder -> versions(folder).findAny().isPresent())
                    .forEach(folder -> names.add(folder.getFileName().toString()));
        }
        return List.copyOf(names);
    }

    /**
     * A model by its identity, whichever version of its name that is.
     *
     * @param digest SHA-256 of its model.json
     * @throws UnknownModelException if there is none of that name with that digest
     */
    public StoredModel findByDigest(String name, String digest) {
        return folder(name).stream()
                .flatMap(ModelRepository::readable)
                .filter(model -> model.digest().equals(digest))
                .findFirst()
                .map(model -> placed(model, name))
                .orElseThrow(() -> unknown("model '" + name + "' has no version whose manifest has digest " + digest));
    }

    /** Names of all stages of all models; a manifest that cannot be honoured is passed over here, and told of if it is asked for. */
    public SortedSet<String> stages() {
        SortedSet<String> stages = new TreeSet<>();
        names().stream()
                .flatMap(name -> folder(name).stream())
                .flatMap(ModelRepository::readable)
                .forEach(model -> stages.addAll(model.manifest().pipeline().names()));
        return stages;
    }

    /** The versions that can be used: a broken one must not spoil those beside it. */
    private static Stream<StoredModel> readable(Path folder) {
        return versions(folder).flatMap(version -> {
            try {
                return Stream.of(ManifestReader.read(version));
            } catch (ManifestException e) {
                return Stream.empty();
            }
        });
    }

    private Optional<Path> folder(String name) {
        // Names come from prompt events: only a plain one may become a path.
        if (name == null || !name.matches(ModelManifest.NAME)) {
            return Optional.empty();
        }
        return roots.stream()
                .map(root -> root.resolve(name))
                .filter(folder -> versions(folder).findAny().isPresent())
                .findFirst();
    }

    private static StoredModel placed(StoredModel model, String name) {
        String version = model.folder().getFileName().toString();
        if (!model.manifest().name().equals(name) || !model.manifest().version().equals(version)) {
            throw new ManifestException(String.format(
                    Locale.ROOT,
                    "%s holds model %s version %s: its folders must be named so",
                    model.folder(),
                    model.manifest().name(),
                    model.manifest().version()));
        }
        return model;
    }

    private UnknownModelException unknown(String what) {
        return new UnknownModelException(what + " in " + roots + "; there is " + names());
    }

    private static Stream<Path> versions(Path folder) {
        return folders(folder).filter(version -> Files.isRegularFile(version.resolve("model.json")));
    }

    private static Stream<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
    }

    private static Optional<String> setting(
            UnaryOperator<String> property, String name, UnaryOperator<String> environment, String variable) {
        return Optional.ofNullable(property.apply(name))
                .or(() -> Optional.ofNullable(environment.apply(variable)))
                .filter(value -> !value.isBlank());
    }
}
