package io.longtake.bench.workers;

import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelManifest;
import io.longtake.worker.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What a process of {@link WorkerProcesses} does: works, and writes a line for each call of its device.
 *
 * @param manifest of the model whose stages it takes
 * @param queue of tasks
 * @param segment what these take, together
 */
public record SimulatedWorkerMain(
        String name, ModelManifest manifest, QueueSetting queue, Duration segment, int slots) {

    /** Until the input ends. */
    public void run(KafkaConnection kafka, InputStream in, PrintStream out) throws IOException {
        CallLine clock = CallLine.here();
        Worker worker = WorkersBench.worker(name, manifest, kafka, queue, segment, slots, call -> {
            out.println(clock.write(call));
            out.flush();
        });
        try {
            while (in.read() >= 0) {
                // nothing to hear: only the end counts
            }
        } finally {
            worker.close();
        }
    }
}
