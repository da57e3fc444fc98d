package io.longtake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.bench.report.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTimesTest {

    @Test
    void a_second_of_video_takes_as_long_as_all_stages_of_its_segments() {
        StageTimes times = new StageTimes(List.of("keyframes", "upsample"), 2);
        times.add("at-once", "keyframes", 10);
        times.add("at-once", "upsample", 100);
        times.add("at-once", "keyframes", 12);
        times.add("at-once", "upsample", 90);

        assertThat(times.figures())
                .containsExactly(
                        new Figure("stages.at-once.keyframes", "ms a segment", List.of(10.0, 12.0)),
                        new Figure("stages.at-once.upsample", "ms a segment", List.of(100.0, 90.0)),
                        new Figure("stages.at-once.sum", "ms a second of video", List.of(220.0, 204.0)));
    }
}
