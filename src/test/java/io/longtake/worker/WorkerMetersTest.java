package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.StageTask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void outcomes_are_counted_under_the_names_that_dashboards_know() {
        WorkerMeters meters = new WorkerMeters(registry, "worker");
        StageTask task = Tasks.keyframes("video", 1).build();

        Stream.of(
                        new TaskOutcome.Made(null, 1),
                        new TaskOutcome.Encoded(null, 1),
                        new TaskOutcome.Impossible("too large"),
                        new TaskOutcome.Unwanted())
                .forEach(outcome -> meters.ended(task, outcome));

        assertThat(registry.find(WorkerMeters.TASKS).counters())
                .extracting(counter -> counter.getId().getTag("outcome"))
                .containsExactlyInAnyOrder("made", "filmed", "impossible", "unwanted");
    }
}
