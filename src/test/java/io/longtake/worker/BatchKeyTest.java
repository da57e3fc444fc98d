package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.StageName;
import io.longtake.event.StageTask;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatchKeyTest {

    private static final StageTask FIRST = Tasks.keyframes("one", 1).build();

    @Test
    void videos_prompts_seeds_and_scales_of_guidance_keep_nobody_apart() {
        StageTask guided = Tasks.keyframes("one", 1).setGuidance(2).build();
        StageTask other = Tasks.keyframes("other", 9)
                .setGuidance(3)
                .setPrompt("fog")
                .setNegativePrompt("rain")
                .build();
        assertThat(BatchKey.of(guided)).isEqualTo(BatchKey.of(other));
    }

    @Test
    void steps_guidance_at_all_a_beginning_and_a_model_keep_keyframes_apart() {
        assertThat(BatchKey.of(FIRST))
                .isNotEqualTo(BatchKey.of(Tasks.keyframes("one", 1).setSteps(2).build()))
                .isNotEqualTo(
                        BatchKey.of(Tasks.keyframes("one", 1).setGuidance(2).build()))
                .isNotEqualTo(
                        BatchKey.of(Tasks.keyframes("one", 1).setSegment(1).build()))
                .isNotEqualTo(BatchKey.of(
                        Tasks.keyframes("one", 1).setModelDigest("else").build()));
    }

    @Test
    void later_stages_ask_only_for_the_same_model() {
        StageTask.Builder decode = Tasks.keyframes("one", 1).setStage(StageName.DECODE);
        assertThat(BatchKey.of(decode.build()))
                .isEqualTo(BatchKey.of(
                        decode.setSegment(3).setSteps(9).setGuidance(4).build()))
                .isNotEqualTo(BatchKey.of(decode.setModelDigest("else").build()))
                .isNotEqualTo(BatchKey.of(decode.setStage(StageName.UPSAMPLE).build()));
    }

    @Test
    void groups_come_in_the_order_of_their_first() {
        StageTask later = Tasks.keyframes("two", 2).setSegment(1).build();
        StageTask again = Tasks.keyframes("three", 3).build();
        assertThat(BatchKey.groups(List.of(FIRST, later, again), Function.identity()))
                .containsExactly(List.of(FIRST, again), List.of(later));
    }
}
