package io.longtake.bench;

import io.longtake.platform.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own, started as a user starts one: {@code longtake up}. What it says lies in {@code up.log}. */
final class UpProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 50;
    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} ([0-9.E+]+)$");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final Process process;
    private final Path log;
    private final long started;
    private double answered;
    private double ready;

    private UpProcess(Path launcher, DataDirectory data) throws IOException {
        data.create();
        this.log = data.path().resolve("up.log");
        int port = freePort();
        this.address = URI.create("http://localhost:" + port);
        this.started = System.nanoTime();
        this.process = new ProcessBuilder(
                        launcher.toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        data.path().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Starts one, and waits until it is ready.
     *
     * @param launcher the script {@code longtake}
     */
    static UpProcess start(Path launcher, DataDirectory data) throws InterruptedException {
        try {
            UpProcess up = new UpProcess(launcher, data);
            try {
                up.awaitReady();
                return up;
            } catch (IOException | InterruptedException e) {
                up.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + launcher + ": " + e.getMessage(), e);
        }
    }

    URI address() {
        return address;
    }

    /** Time of processors that it and the processes that it started (Kafka) have used, in seconds. */
    double processorSeconds() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToDouble(ProcessorTime::of)
                .sum();
    }

    /** Bytes of its heap that are in use, after a collection if this Java can ask for one. */
    long heapBytes() throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noJdk) {
            // then garbage counts
        }
        return HEAP.matcher(get("/q/metrics"))
                .results()
                .mapToLong(pool -> (long) Double.parseDouble(pool.group(1)))
                .sum();
    }

    /** Ends it and its Kafka. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor();
            for (ProcessHandle child : children) {
                child.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            children.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    /** Seconds from its start until HTTP answered, whatever it answered. */
    double answered() {
        return answered;
    }

    /** Seconds from its start until it was ready. */
    double ready() {
        return ready;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (status("/q/health/ready") != 200) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("it does not get ready:\n" + Files.readString(log));
            }
        }
        ready = secondsSinceStart();
    }

    /** 0 if nobody answers. */
    private int status(String path) throws InterruptedException {
        try {
            int status = client.send(request(path), BodyHandlers.discarding()).statusCode();
            if (answered == 0) {
                answered = secondsSinceStart();
            }
            return status;
        } catch (IOException notYet) {
            return 0;
        }
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - started) / 1e9;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(REQUEST).build();
    }

    /** Empty if it does not answer, or not with 200. */
    private String get(String path) throws InterruptedException {
        try {
            var answer = client.send(request(path), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException notYet) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
