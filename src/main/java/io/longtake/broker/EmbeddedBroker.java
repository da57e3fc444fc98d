package io.longtake.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Kafka in a child JVM (256 MiB of heap, ready after about 2 s, about 6 s after a kill), durable in a directory.
 * It ends with this process, whatever ends this process.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** Of each topic in which it keeps the state of groups and transactions. */
    public static final int STATE_PARTITIONS = 4;

    public static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);
    private static final String READY = "READY ";
    /** What these say is meant for the JVM that has started this one; its collector or its debugger's port cannot be had twice. */
    private static final List<String> OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Process process;
    private final String bootstrapServers;

    private EmbeddedBroker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker and returns when it serves clients.
     *
     * @param directory holds its data; made if it is not there
     * @param log what it has to say
     * @param wantedPort on the loopback interface, or 0 for any: that of last time if it is free
     * @throws BrokerException with the end of its log, if it ends or is not ready within the deadline
     */
    public static EmbeddedBroker start(Path directory, Path log, int wantedPort, Duration deadline) {
        Process process = launch(directory, wantedPort, log);
        try {
            return new EmbeddedBroker(process, ready(process).get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            process.destroyForcibly();
            throw failed("ended before it was ready", directory, log);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw failed("was not ready within " + deadline.toSeconds() + " s", directory, log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while the embedded broker started");
        }
    }

    /** For clients of this machine: host:port. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with its exit status when it has ended, whatever ended it. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Closes its standard input, which stops it in order; kills it if that takes longer than 15 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    long pid() {
        return process.pid();
    }

    private static Process launch(Path directory, int port, Path log) {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(log.toAbsolutePath().getParent());
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                    "-Djava.library.path=" + System.getProperty("java.library.path"),
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
            ChildClassPath.archive().ifPresent(archive -> command.add("-XX:SharedArchiveFile=" + archive));
            command.addAll(List.of(
                    "-cp",
                    ChildClassPath.ofThisJvm(),
                    BrokerMain.class.getName(),
                    directory.toString(),
                    Integer.toString(port)));
            ProcessBuilder child = new ProcessBuilder(command).redirectError(log.toFile());
            child.environment().keySet().removeAll(OPTIONS);
            return child.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the embedded broker in " + directory.toAbsolutePath(), e);
        }
    }

    /** Completes with its address, or fails when its standard output ends. */
    private static CompletableFuture<String> ready(Process process) {
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            if (line.startsWith(READY)) {
                                ready.complete(line.substring(READY.length()));
                            }
                        }
                        ready.completeExceptionally(new BrokerException("standard output ended"));
                    } catch (IOException e) {
                        ready.completeExceptionally(e);
                    }
                },
                "broker-output");
        reader.setDaemon(true);
        reader.start();
        return ready;
    }

    private static BrokerException failed(String what, Path directory, Path log) {
        return new BrokerException("the embedded broker of " + directory.toAbsolutePath() + " " + what + "; the end of "
                + log.toAbsolutePath() + ":\n" + LogTail.of(log));
    }
}
