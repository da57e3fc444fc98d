package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.RelativeError;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.GraphException;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ToyModel;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop on the device beside the one on the host; the device is ONNX Runtime here, whose memory is the host's. */
class DeviceLoopTest {

    private static final int STEPS = 6;
    private static LoadedModel model;

    @BeforeAll
    static void open() {
        model = ToyModel.open();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static Stream<Arguments> everySampling() {
        return Stream.of("ddim", "dpm++2m")
                .flatMap(sampler -> Stream.of("eps", "v", "x0").flatMap(prediction -> Stream.of(
                                List.of(new Guidance(1, 1), new Guidance(1, 1)),
                                List.of(new Guidance(2, 1), new Guidance(3.5, 1)),
                                List.of(new Guidance(1, 1.5), new Guidance(1, 1.2)),
                                List.of(new Guidance(2, 1.5), new Guidance(4, 1.1)))
                        .flatMap(guidance -> Stream.of(true, false)
                                .map(held -> Arguments.of(sampler, prediction, guidance, held)))));
    }

    @ParameterizedTest
    @MethodSource("everySampling")
    void both_loops_agree(String sampler, String prediction, List<Guidance> guidance, boolean held) {
        Sampling sampling = sampling(sampler, prediction, 0);
        SamplingRequest request = request(guidance, held);
        Tensor onHost =
                new HostLoop(sampling, inputs -> model.graph("keyframes").run(inputs)).run(request, Cancellation.NEVER);
        Tensor onDevice = onDevice(sampling).run(request, Cancellation.NEVER);
        assertThat(onDevice.shape()).isEqualTo(onHost.shape());
        assertThat(RelativeError.of(onDevice.data(), onHost.data())).isLessThan(2e-6);
    }

    @Test
    void a_sample_is_the_same_alone_and_among_others() {
        Sampling sampling = sampling("dpm++2m", "v", 0);
        List<Guidance> guidance = List.of(new Guidance(2, 1), new Guidance(3.5, 1));
        List<Tensor> both = Batch.entries(onDevice(sampling).run(request(guidance, true), Cancellation.NEVER));
        Tensor first = onDevice(sampling).run(request(guidance.subList(0, 1), true), Cancellation.NEVER);
        assertThat(Batch.single(first)).isEqualTo(both.get(0));
    }

    @Test
    void a_cancelled_video_stops_before_the_next_step() {
        AtomicInteger asked = new AtomicInteger();
        SamplingRequest request = request(List.of(Guidance.NONE), false);
        assertThatThrownBy(() -> onDevice(sampling("ddim", "v", 0)).run(request, () -> asked.incrementAndGet() > 3))
                .isInstanceOf(StageCancelledException.class);
        assertThat(asked).hasValue(4);
    }

    @Test
    void a_shape_that_is_not_the_manifests_is_refused() {
        SamplingRequest wrong = SamplingRequest.plain(
                Tensor.zeros(1, 4, 7, 2, 4), conditions(1, List.of(Guidance.NONE)), STEPS, StepNoise.NONE);
        assertThatThrownBy(() -> onDevice(sampling("ddim", "v", 0)).run(wrong, Cancellation.NEVER))
                .isInstanceOf(GraphException.class)
                .hasMessage("keyframes.onnx: expected input sample of shape [B, 4, 4, 2, 4], found [1, 4, 7, 2, 4]");
    }

    @Test
    void the_device_decides_and_noise_of_every_step_is_drawn_on_the_host() {
        Sampling plain = sampling("ddim", "v", 0);
        assertThat(model.device().keepsArrays()).isFalse();
        assertThat(SamplingLoop.of(model, "keyframes", plain, false)).isInstanceOf(HostLoop.class);
        assertThat(SamplingLoop.of(model, "keyframes", plain, true)).isInstanceOf(DeviceLoop.class);
        assertThat(SamplingLoop.of(model, "keyframes", sampling("ddim", "v", 0.5), true))
                .isInstanceOf(HostLoop.class);
    }

    @Test
    void guided_states_pass_the_host_and_the_loop_on_the_device_refuses_them() {
        Sampling plain = sampling("ddim", "v", 0);
        assertThat(SamplingLoop.guided(model, "keyframes", plain, true)).isInstanceOf(HostLoop.class);
        SamplingRequest request = request(List.of(Guidance.NONE), false);
        SamplingRequest guided = new SamplingRequest(
                request.noise(),
                request.conditions(),
                request.guidance(),
                request.held(),
                STEPS,
                StepNoise.NONE,
                (step, state) -> state);
        assertThatThrownBy(() -> onDevice(plain).run(guided, Cancellation.NEVER))
                .hasMessage("the loop on the device guides no states: the one on the host does");
    }

    private static DeviceLoop onDevice(Sampling sampling) {
        return new DeviceLoop(sampling, () -> model.loop("keyframes"));
    }

    private static Sampling sampling(String sampler, String prediction, double eta) {
        KeyframesSpec toy = model.manifest().stages().keyframes();
        return new Sampling(
                new KeyframesSpec(toy.graph(), prediction, toy.schedule(), sampler, STEPS, 1.0, 1.0, eta, null));
    }

    private static SamplingRequest request(List<Guidance> guidance, boolean held) {
        Tensor noise = Batch.of(Stream.iterate(1, seed -> seed + 1)
                .limit(guidance.size())
                .map(seed -> numbers(seed, 4, 4))
                .toList());
        return new SamplingRequest(
                noise,
                conditions(guidance.size(), guidance),
                guidance,
                held ? contexts(guidance.size()) : List.of(),
                STEPS,
                StepNoise.NONE);
    }

    /** Two frames of the first entry are given, one of the second. */
    private static List<FrameContext> contexts(int count) {
        List<FrameContext> contexts =
                List.of(FrameContext.first(numbers(11, 4, 2), 4), FrameContext.first(numbers(12, 4, 1), 4));
        return contexts.subList(0, count);
    }

    private static Map<String, Tensor> conditions(int entries, List<Guidance> guidance) {
        List<Tensor> text = new ArrayList<>();
        List<Tensor> frames = new ArrayList<>();
        for (int k = 0; k < guidance.get(0).conditions().size(); k++) {
            for (int b = 0; b < entries; b++) {
                text.add(numbers(20 + 7 * k + b, 3, 1).reshape(1, 6, 4));
                frames.add(numbers(50 + 7 * k + b, 5, 4));
            }
        }
        Tensor texts = Tensor.concat(0, text.toArray(Tensor[]::new));
        return Map.of("ctx_spatial", texts, "ctx_temporal", texts, "c_s", Batch.of(frames));
    }

    /** (C, T, 2, 4). */
    private static Tensor numbers(int seed, int channels, int frames) {
        return new Noise(seed, 0).frames(channels, frames, 2, 4, 0, 0, 0);
    }
}
