package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.model.ModelRepository;
import io.longtake.stage.SegmentCalls.SizedCalls;
import org.junit.jupiter.api.Test;

class SegmentCallsTest {

    @Test
    void drive_makes_a_segment_with_twelve_calls() {
        SegmentCalls calls =
                new SegmentCalls(ModelRepository.standard().find("drive").manifest());

        assertThat(calls.of("keyframes")).containsExactly(new SizedCalls(1, 4));
        assertThat(calls.of("interpolate")).containsExactly(new SizedCalls(1, 5));
        assertThat(calls.of("decode")).containsExactly(new SizedCalls(1, 1));
        assertThat(calls.of("upsample")).containsExactly(new SizedCalls(1, 2));
    }

    @Test
    void guidance_makes_a_call_larger_and_not_more_of_them() {
        SegmentCalls calls =
                new SegmentCalls(ModelRepository.standard().find("drive-full").manifest());

        assertThat(calls.of("keyframes"))
                .allSatisfy(sized -> assertThat(sized.segments()).isGreaterThan(1));
    }
}
