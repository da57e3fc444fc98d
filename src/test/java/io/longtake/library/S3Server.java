package io.longtake.library;

import io.longtake.FreePort;
import io.longtake.Waiting;
import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.eclipse.aether.artifact.DefaultArtifact;

/**
 * A real object store, S3Proxy over a directory, in a JVM of its own because its libraries are not ours. It can be stopped,
 * and started again at the same address with what it held. Maven's local repository has it, or fetches it.
 */
public final class S3Server implements AutoCloseable {

    /** What it knows its clients by. */
    public static final String KEY = "longtake";

    public static final String SECRET = "long-secret";

    private static final String PROGRAM = "org.gaul:s3proxy:2.9.0";
    /** {@code KEY-UUID}: what becomes {@code KEY} when it is whole. */
    private static final Pattern UNFINISHED = Pattern.compile(".+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static String classPath;

    private final Path folder;
    private final int port;
    private Process process;

    private S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** One with a bucket {@code videos}; the SDK finds its credentials in this JVM's properties. */
    public static S3Server start(Path folder) {
        System.setProperty("aws.accessKeyId", KEY);
        System.setProperty("aws.secretAccessKey", SECRET);
        try {
            S3Server server = new S3Server(folder, FreePort.find());
            Files.createDirectories(server.bucket());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in the bucket, as files. */
    public Path bucket() {
        return folder.resolve("data/videos");
    }

    public S3Location place(String prefix) {
        return new S3Location("videos", prefix, Optional.of(endpoint()), Optional.empty(), true);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public void start() {
        try {
            removeUnfinished();
            Path settings = Files.writeString(
                    folder.resolve("s3proxy.properties"),
                    String.format(
                            Locale.ROOT,
                            """
                    s3proxy.endpoint=%s
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem-nio2
                    jclouds.identity=none
                    jclouds.credential=none
                    jclouds.filesystem.basedir=%s
                    """,
                            endpoint(),
                            KEY,
                            SECRET,
                            folder.resolve("data")));
            Path quiet = Files.writeString(
                    folder.resolve("logback.xml"), "<configuration><root level=\"WARN\"/></configuration>");
            process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=" + quiet,
                            "-cp",
                            classPath(),
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            settings.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("s3proxy.log").toFile())
                    .start();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
    }

    /**
     * S3Proxy writes an object under another name, marks it with its checksum and moves it to its own. Killed in between, it
     * leaves the file; and if that has no mark yet, every listing of its folder is answered with 500, for ever (2.9.0; nine
     * of 30 kills while it was sent a megabyte). A real store shows nothing of an upload that never ended, so neither does this one.
     */
    private void removeUnfinished() throws IOException {
        try (Stream<Path> files = Files.walk(bucket())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (UNFINISHED.matcher(file.getFileName().toString()).matches()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void awaitListening() throws IOException {
        try {
            Waiting.until("the object store to listen", DEADLINE, process, this::listens);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new AssertionError("no object store:\n" + Files.readString(folder.resolve("s3proxy.log")), e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static synchronized String classPath() {
        if (classPath == null) {
            try {
                classPath = MavenArtifactResolver.builder()
                        .setWorkspaceDiscovery(false)
                        .build()
                        .resolveDependencies(new DefaultArtifact(PROGRAM), List.of())
                        .getArtifactResults()
                        .stream()
                        .map(result -> result.getArtifact().getFile().getPath())
                        .collect(Collectors.joining(File.pathSeparator));
            } catch (BootstrapMavenException e) {
                throw new AssertionError("cannot fetch " + PROGRAM + " with its libraries, which this test needs", e);
            }
        }
        return classPath;
    }
}
