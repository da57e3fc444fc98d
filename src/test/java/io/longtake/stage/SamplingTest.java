package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.ToyModel;
import io.longtake.model.UpsampleSpec;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often a network is called, and with how many entries: what a video costs. */
class SamplingTest {

    private static final Tensor NOISE = Tensor.filled(0.5f, 1, 4, 4, 2, 4);

    @Test
    void without_guidance_a_step_is_one_call_of_one_entry() {
        assertThat(entriesOfCalls(new Guidance(1, 1), 4)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void guidance_doubles_the_entries_and_not_the_calls() {
        assertThat(entriesOfCalls(new Guidance(2, 1), 4)).containsExactly(2, 2, 2, 2);
    }

    private static List<Integer> entriesOfCalls(Guidance guidance, int steps) {
        List<Integer> entries = new ArrayList<>();
        HostLoop loop = new HostLoop(
                new Sampling(ToyModel.stored().manifest().stages().spec("upsample", UpsampleSpec.class)), inputs -> {
                    entries.add(inputs.get("sample").size(0));
                    return Map.of("out", inputs.get("sample"));
                });
        loop.run(
                new SamplingRequest(NOISE, Map.of(), List.of(guidance), List.of(), steps, StepNoise.NONE),
                Cancellation.NEVER);
        return entries;
    }
}
