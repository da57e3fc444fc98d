package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.StageTask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void outcomes_are_counted_under_the_names_that_dashboards_know() {
        WorkerMeters meters = new WorkerMeters(registry, "worker", Set.of("keyframes"));
        StageTask task = Tasks.keyframes("video", 1).build();

        Stream.of(
                        new TaskOutcome.Made(Map.of(), 1),
                        new TaskOutcome.Encoded(null, Map.of(), 1),
                        new TaskOutcome.Impossible("too large"),
                        new TaskOutcome.Unwanted())
                .forEach(outcome -> meters.ended(task, outcome));

        assertThat(registry.find(WorkerMeters.TASKS).counters())
                .extracting(counter -> counter.getId().getTag("outcome"))
                .containsExactlyInAnyOrder("made", "filmed", "impossible", "unwanted");
    }

    @Test
    void tasks_of_stages_that_nobody_asked_for_make_no_meter_each() {
        WorkerMeters meters = new WorkerMeters(registry, "worker", Set.of("keyframes"));

        Stream.of("made-up", "made-up-too")
                .map(stage -> Tasks.keyframes("video", 1).setStage(stage).build())
                .forEach(meters::givenBack);

        assertThat(registry.find(WorkerMeters.TASKS).counters()).singleElement().satisfies(counter -> {
            assertThat(counter.getId().getTag("stage")).isEqualTo("other");
            assertThat(counter.count()).isEqualTo(2);
        });
    }
}
