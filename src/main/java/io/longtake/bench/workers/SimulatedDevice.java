package io.longtake.bench.workers;

import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.stage.Cancellation;
import io.longtake.stage.Stage;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Content;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A device that takes its time and computes nothing: one call after the other, each as long as its stage takes, with outputs of the
 * size that the model's manifest says. A stage always makes the same.
 */
public final class SimulatedDevice implements Stage {

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);

    private final String worker;
    private final Map<String, Duration> times;
    private final Map<String, Content> outputs;
    private final Consumer<DeviceCall> calls;
    private final ReentrantLock busy = new ReentrantLock(true);

    /**
     * @param segment what all stages take, together
     * @param calls told of each, when it is over
     */
    public SimulatedDevice(String worker, ModelManifest manifest, Duration segment, Consumer<DeviceCall> calls) {
        this.worker = worker;
        this.times = StageShares.of(manifest, segment);
        this.outputs =
                times.keySet().stream().collect(Collectors.toMap(stage -> stage, stage -> output(manifest, stage)));
        this.calls = calls;
    }

    @Override
    public StageOutputs run(StageInput input, Cancellation cancellation) {
        busy.lock();
        try {
            long start = System.nanoTime();
            long end = start + times.get(input.stage()).toNanos();
            for (long left = end - start; left > 0; left = end - System.nanoTime()) {
                cancellation.check();
                if (Thread.interrupted()) {
                    throw new InterruptException(new InterruptedException("while a device computed"));
                }
                LockSupport.parkNanos(Math.min(left, BETWEEN_STEPS.toNanos()));
            }
            calls.accept(new DeviceCall(
                    worker, input.stage(), input.scene().getSeed(), input.segment(), start, System.nanoTime()));
        } finally {
            busy.unlock();
        }
        return StageOutputs.of(outputs.get(input.stage()));
    }

    private static Content output(ModelManifest manifest, String stage) {
        StageOutput made = manifest.output(stage);
        return made instanceof StageOutput.FrameRun frames
                ? SimulatedContent.frames(frames)
                : SimulatedContent.latents((StageOutput.LatentRun) made, manifest.latent());
    }
}
