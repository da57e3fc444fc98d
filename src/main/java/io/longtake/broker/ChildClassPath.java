package io.longtake.broker;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The class path on which a child JVM finds the same classes as this one. */
final class ChildClassPath {

    private ChildClassPath() {}

    static String ofThisJvm() {
        return packaged().map(ChildClassPath::fastJar).orElseGet(() -> System.getProperty("java.class.path"));
    }

    /** The broker's classes as the build has archived them. A JVM to which that does not fit goes on without. */
    static Optional<Path> archive() {
        return packaged().map(base -> base.resolve("broker.jsa")).filter(Files::isReadable);
    }

    private static Optional<Path> packaged() {
        return Optional.ofNullable(code())
                .map(Path::getParent)
                .map(Path::getParent)
                .filter(ChildClassPath::isFastJar);
    }

    /** The packaged application's own class loader reads these folders; java.class.path names its launcher only. */
    static boolean isFastJar(Path base) {
        return Files.isDirectory(base.resolve("lib/main")) && Files.isDirectory(base.resolve("app"));
    }

    static String fastJar(Path base) {
        return List.of("app", "lib/main", "lib/boot").stream()
                .map(folder -> base.resolve(folder) + File.separator + "*")
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The archive or folder that holds this class, or null if its class loader does not tell. */
    private static Path code() {
        CodeSource source = ChildClassPath.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return null;
        }
    }
}
