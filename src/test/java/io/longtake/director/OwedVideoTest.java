package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.cluster.Manifests;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a director says that the stages owe, by which workers are scaled. */
class OwedVideoTest {

    @TempDir
    private Path state;

    private DirectorDriver director;

    @BeforeEach
    void start() {
        director = new DirectorDriver(state);
    }

    @AfterEach
    void stop() {
        director.close();
    }

    private double owed(String stage) {
        return director.gauge(OwedVideo.OWED, stage);
    }

    private double running() {
        return director.gauge(OwedVideo.RUNNING, "");
    }

    @Test
    void every_stage_owes_a_new_video_as_a_whole() {
        director.prompt(DirectorDriver.prompt(10).build());

        assertThat(ToyModel.STAGES).allSatisfy(stage -> assertThat(owed(stage)).isEqualTo(10));
        assertThat(running()).isEqualTo(1);
    }

    @Test
    void what_a_stage_has_made_it_owes_no_longer() {
        director.prompt(DirectorDriver.prompt(10).build());

        director.done("keyframes", 0);

        assertThat(owed("keyframes")).isEqualTo(9);
        assertThat(owed("interpolate")).isEqualTo(10);
    }

    @Test
    void nothing_is_owed_of_a_video_that_has_ended() {
        director.prompt(DirectorDriver.prompt(2.5).build());

        director.playToTheEnd(3);

        assertThat(ToyModel.STAGES).allSatisfy(stage -> assertThat(owed(stage)).isZero());
        assertThat(running()).isZero();
    }

    @Test
    void nothing_is_owed_of_a_video_that_was_cancelled() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.done("keyframes", 0);

        director.cancel(DirectorDriver.VIDEO);

        assertThat(owed("keyframes")).isZero();
        assertThat(running()).isZero();
    }

    @Test
    void what_is_held_for_viewers_is_not_owed_yet() {
        director.prompt(DirectorDriver.prompt(600).build());

        director.watched("a", 0, true);
        double held = owed("keyframes");
        director.left("a");

        assertThat(held).isBetween(1.0, 599.0);
        assertThat(owed("keyframes")).isEqualTo(600);
    }

    @Test
    void the_next_director_says_the_same_and_not_twice_as_much() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.done("keyframes", 0);

        director.restart();
        director.passes(Duration.ofMinutes(1));

        assertThat(owed("keyframes")).isEqualTo(9);
        assertThat(owed("upsample")).isEqualTo(10);
        assertThat(running()).isEqualTo(1);
    }

    /** By the names that Prometheus has. */
    @ParameterizedTest
    @CsvSource({"cpu, ScaledObject", "gpu, ScaledObject", "jobs, ScaledJob"})
    void workers_are_scaled_by_what_a_director_tells(String overlay, String kind) {
        StringBuilder queries = new StringBuilder();
        Manifests.of(overlay)
                .ofKind(kind)
                .forEach(scaled -> queries.append(scaled.at("/spec/triggers/0/metadata/query")));

        assertThat(queries).contains("longtake_video_owed_seconds{", "longtake_videos_running");
        director.prompt(DirectorDriver.prompt(10).build());
        assertThat(director.scrape())
                .containsPattern("longtake_video_owed_seconds\\{stage=\"keyframes\",?} 10.0")
                .contains("longtake_videos_running 1.0");
    }
}
