package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final NoiseSchedule SCHEDULE = NoiseSchedule.cosine(1000, 0.003);

    @Test
    void trailing_starts_at_the_last_time() {
        assertThat(times(Course.trailing(SCHEDULE, 4))).containsExactly(999, 749, 499, 249, -1);
    }

    @Test
    void trailing_rounds_halves_to_even_as_numpy_does() {
        assertThat(times(Course.trailing(SCHEDULE, 16))).startsWith(999, 937, 874, 811);
    }

    @Test
    void leading_ends_at_its_offset() {
        assertThat(times(Course.leading(SCHEDULE, 4, 1))).containsExactly(751, 501, 251, 1, -1);
    }

    @Test
    void visits_every_time_at_most_once() {
        for (int count = 1; count <= 1000; count++) {
            assertThat(times(Course.trailing(SCHEDULE, count))).doesNotHaveDuplicates();
        }
    }

    @Test
    void refuses_more_steps_than_there_are_times() {
        assertThatThrownBy(() -> Course.trailing(SCHEDULE, 1001))
                .hasMessage("steps must be from 1 to 1000, found 1001");
    }

    private static int[] times(Course course) {
        return IntStream.rangeClosed(0, course.steps()).map(course::time).toArray();
    }
}
