package io.longtake.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longtake.bench.GlueRuns.GlueRun;
import io.longtake.bench.report.Figure;
import org.junit.jupiter.api.Test;

class GlueRunsTest {

    /** Idle, the platform takes a twentieth of a processor, and its broker a tenth. */
    private final GlueRuns runs = new GlueRuns(10, run(4, 0.2, 0.4));

    @Test
    void the_platform_is_compared_with_the_bare_runs_around_it() {
        runs.bare(run(20, 21, 0));
        runs.platform(run(33, 22, 3));
        runs.bare(run(24, 25.2, 0));
        runs.platform(run(28, 30, 2));
        runs.bare(run(16, 16.8, 0));

        Figure ratio = figure("glue.ratio");
        assertThat(ratio.values()).hasSize(2);
        assertThat(ratio.values().get(0)).isCloseTo(33 / 22.0, within(1e-9));
        assertThat(ratio.values().get(1)).isCloseTo(28 / 20.0, within(1e-9));
    }

    @Test
    void what_the_platform_takes_itself_is_all_but_the_networks() {
        runs.bare(run(20, 21, 0));
        runs.platform(run(33, 22, 3));
        runs.bare(run(20, 21, 0));

        // of 21 processor seconds of a bare run, one was that of the platform, idle for 20 s
        assertThat(figure("glue.bare-processor").values()).containsOnly(20.0);
        assertThat(figure("glue.own-processor").median()).isCloseTo((22 + 3 - 20) / 10.0, within(1e-9));
        assertThat(figure("glue.broker-processor").median()).isCloseTo(0.3, within(1e-9));
    }

    private Figure figure(String name) {
        return runs.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static GlueRun run(double wall, double own, double broker) {
        return new GlueRun(wall, new ProcessorTime(own, broker));
    }
}
