package io.longtake.bench.workers;

import java.util.Locale;

/**
 * One number of workers.
 *
 * @param busy share of the steady state in which the devices computed: from when all workers had begun to the end of the first video
 * @param steady seconds of it
 * @param wall seconds from the first call to the last
 * @param speed seconds of video a second
 * @param twice calls that were made more than once
 * @param fewestStages of the worker that took tasks of the fewest
 */
public record WorkersRow(
        int workers, int videos, double busy, double steady, double wall, double speed, int twice, int fewestStages) {

    public static final String HEAD =
            "| workers | videos | devices busy | steady, s | wall, s | video, s/s | calls twice | stages of a worker, fewest |\n"
                    + "|---|---|---|---|---|---|---|---|";

    public String markdown() {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.1f %% | %.1f | %.1f | %.2f | %d | %d |",
                workers,
                videos,
                100 * busy,
                steady,
                wall,
                speed,
                twice,
                fewestStages);
    }
}
