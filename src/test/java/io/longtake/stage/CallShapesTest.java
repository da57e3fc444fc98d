package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.model.EngineOptions;
import io.longtake.model.LoadedModel;
import io.longtake.model.ToyModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Over the toy model: 4 keyframes, 2 of them new, 4 frames a segment, enlarged from 8x4 to 16x8. */
class CallShapesTest {

    @Test
    void interpolation_takes_the_windows_of_all_segments_into_one_call() {
        try (LoadedModel model = ToyModel.open()) {
            Map<String, int[]> shapes = new CallShapes(model.manifest()).of("interpolate", 3);
            assertThat(shapes.get("sample")).containsExactly(6, 4, 3, 2, 4);
        }
    }

    @Test
    void a_call_is_of_one_segment_at_least() {
        try (LoadedModel model = ToyModel.open()) {
            assertThatThrownBy(() -> new CallShapes(model.manifest()).of("decode", 0))
                    .hasMessage("segments of a call must be at least 1, found 0");
        }
    }

    @Test
    void every_stage_runs_at_the_sizes_it_is_compiled_for() {
        try (LoadedModel model = ToyModel.open()) {
            CallShapes shapes = new CallShapes(model.manifest());
            for (String stage : model.manifest().pipeline().names()) {
                for (int segments : List.of(1, 2)) {
                    assertThat(model.graph(stage).run(TimingInputs.of(shapes.of(stage, segments))))
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void an_engine_is_told_each_size_as_a_profile_of_its_own() {
        try (LoadedModel model = ToyModel.open()) {
            CompiledSizes sizes = new CompiledSizes(model.manifest(), List.of(1, 2));
            EngineOptions more = graph -> Map.of("optLevel", 5);
            assertThat(sizes.and(more).of(model.manifest().stages().graph("interpolate")))
                    .containsEntry("profile.sample", "2x4x3x2x4/2x4x3x2x4/2x4x3x2x4;4x4x3x2x4/4x4x3x2x4/4x4x3x2x4")
                    .containsEntry("optLevel", 5);
        }
    }

    @Test
    void a_step_is_timed_after_a_warm_up() {
        AtomicLong now = new AtomicLong();
        AtomicInteger warm = new AtomicInteger();
        try (LoadedModel model = ToyModel.open()) {
            StageTiming timing = new StageTiming(model, 5, () -> now.getAndAdd(1_500_000));
            CallTimes times = timing.of("decode", 1, () -> {
                warm.incrementAndGet();
                assertThat(now).hasValue(0);
            });
            assertThat(times).isEqualTo(new CallTimes(1.5, 1.5, 1.5, 5));
            assertThat(warm).hasValue(1);
        }
    }

    @Test
    void median_and_spread_of_times() {
        assertThat(CallTimes.of(4, 1, 3, 2)).isEqualTo(new CallTimes(2.5, 1, 4, 4));
    }
}
