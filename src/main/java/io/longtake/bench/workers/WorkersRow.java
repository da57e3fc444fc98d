package io.longtake.bench.workers;

import io.longtake.bench.report.Figure;
import java.util.List;

/**
 * What one number of workers made.
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

    /** By the number of workers. */
    public List<Figure> figures() {
        String name = "workers." + workers;
        return List.of(
                Figure.of(name + ".devices-busy", "ratio", busy),
                Figure.of(name + ".videos", "count", videos),
                Figure.of(name + ".steady", "s", steady),
                Figure.of(name + ".wall", "s", wall),
                Figure.of(name + ".speed", "s of video per s", speed),
                Figure.of(name + ".calls-made-twice", "count", twice),
                Figure.of(name + ".fewest-stages-of-a-worker", "count", fewestStages));
    }
}
