package io.longtake.bench.workers;

import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.stage.Cancellation;
import io.longtake.stage.Stage;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A device that takes its time and computes nothing: one call after the other, each as long as its stage takes, with outputs of the
 * size that the model's manifest says.
 */
final class SimulatedDevice implements Stage {

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);

    private final String worker;
    private final ModelManifest manifest;
    private final Map<String, Duration> times;
    private final Consumer<DeviceCall> calls;
    private final ReentrantLock busy = new ReentrantLock(true);

    /**
     * @param times of a call, by stage
     * @param calls told of each, when it is over
     */
    SimulatedDevice(String worker, ModelManifest manifest, Map<String, Duration> times, Consumer<DeviceCall> calls) {
        this.worker = worker;
        this.manifest = manifest;
        this.times = times;
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
                LockSupport.parkNanos(Math.min(left, BETWEEN_STEPS.toNanos()));
            }
            calls.accept(new DeviceCall(
                    worker, input.stage(), input.scene().getSeed(), input.segment(), start, System.nanoTime()));
        } finally {
            busy.unlock();
        }
        return StageOutputs.of(output(input));
    }

    private Content output(StageInput input) {
        StageOutput made = manifest.output(input.stage());
        if (made instanceof StageOutput.FrameRun frames) {
            return new Frames(
                    frames.length(),
                    frames.height(),
                    frames.width(),
                    new byte[frames.length() * frames.height() * frames.width() * 3]);
        }
        StageOutput.LatentRun latents = (StageOutput.LatentRun) made;
        ModelManifest.Latent latent = manifest.latent();
        Tensor tensor = Tensor.zeros(latent.channels(), latents.length(), latent.height(), latent.width());
        Random random = new Random(input.scene().getSeed());
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = random.nextFloat();
        }
        return tensor;
    }
}
