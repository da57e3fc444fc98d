package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StageOrderTest {

    private static final StageOrder ORDER = StageOrder.of(List.of("keyframes", "decode"));

    @Test
    void each_stage_works_on_the_output_of_the_one_before() {
        assertThat(ORDER.before(StageName.DECODE)).contains(StageName.KEYFRAMES);
        assertThat(ORDER.before(StageName.KEYFRAMES)).isEmpty();
    }

    @Test
    void the_last_stage_publishes() {
        assertThat(ORDER.last()).isEqualTo(StageName.DECODE);
    }

    @Test
    void a_video_without_stages_is_refused() {
        assertThatThrownBy(() -> StageOrder.of(List.of()))
                .hasMessage("a segment passes at least one stage, found none");
    }
}
