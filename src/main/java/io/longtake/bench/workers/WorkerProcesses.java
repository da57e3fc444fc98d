package io.longtake.bench.workers;

import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueSetting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Workers in processes of their own: {@code longtake bench simulated-worker}. They end when their standard input does, so none of them
 * outlives this process.
 *
 * @param launcher the script {@code longtake}
 * @param model whose stages they take
 * @param queue of tasks
 * @param segment what its stages take, together
 * @param slots of each
 * @param logs where their log files go
 */
public record WorkerProcesses(Path launcher, String model, QueueSetting queue, Duration segment, int slots, Path logs)
        implements WorkerStarter {

    @Override
    public Started start(String name, KafkaConnection kafka, Consumer<DeviceCall> calls, Consumer<String> lost) {
        try {
            Process process = new ProcessBuilder(
                            launcher.toString(),
                            "bench",
                            "simulated-worker",
                            "--name",
                            name,
                            "--bootstrap-servers",
                            kafka.bootstrapServers(),
                            "--model",
                            model,
                            "--segment-seconds",
                            Double.toString(segment.toNanos() / 1e9),
                            "--queue",
                            queue.toString(),
                            "--slots",
                            Integer.toString(slots),
                            "--data-dir",
                            logs.resolve(name).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            AtomicBoolean ending = new AtomicBoolean();
            Thread reader = new Thread(
                    () -> {
                        read(process, calls);
                        if (!ending.get()) {
                            lost.accept("the process of " + name + " has ended before the videos were made");
                        }
                    },
                    name + "-calls");
            reader.setDaemon(true);
            reader.start();
            return () -> {
                ending.set(true);
                end(process);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + launcher + ": " + e.getMessage(), e);
        }
    }

    private static void read(Process process, Consumer<DeviceCall> calls) {
        CallLine clock = CallLine.here();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                clock.read(line).ifPresent(calls);
            }
        } catch (IOException e) {
            // it has ended: its calls will be missed
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
