package io.longtake.bench.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.longtake.stage.CallTimes;
import java.util.Locale;

/**
 * One line of {@code bench steps}, in the shape of {@code python -m longtake_models.measure}, so that one table holds both.
 *
 * @param device what it ran on, as the user names it
 * @param graphs whether CUDA graphs were replayed
 * @param medianMs of a step; on the device where the engine tells, else of the whole call
 * @param wallMs median of the whole call, arrays to the device and back
 * @param failed why there are no times; null: there are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepRow(
        String device,
        String model,
        String stage,
        String engine,
        int batch,
        boolean graphs,
        Double medianMs,
        Double lowMs,
        Double highMs,
        Integer runs,
        Double wallMs,
        String failed) {

    /** What stands above the lines of {@link #markdown}. */
    public static final String HEAD = "| model | stage | engine | graphs | batch | ms a step | 10-90 % | ms a call |\n"
            + "|---|---|---|---|---|---|---|---|";

    /** The same row with its times. */
    StepRow timed(CallTimes step, double wall) {
        return new StepRow(
                device,
                model,
                stage,
                engine,
                batch,
                graphs,
                step.medianMs(),
                step.lowMs(),
                step.highMs(),
                step.runs(),
                wall,
                null);
    }

    /** The same row without times. */
    StepRow failed(String why) {
        return new StepRow(device, model, stage, engine, batch, graphs, null, null, null, null, null, why);
    }

    static StepRow of(String device, String model, String stage, String engine, int batch, boolean graphs) {
        return new StepRow(device, model, stage, engine, batch, graphs, null, null, null, null, null, null);
    }

    /** As a line of a Markdown table. */
    public String markdown() {
        String named = String.format(
                Locale.ROOT, "| %s | %s | %s | %s | %d |", model, stage, engine, graphs ? "yes" : "no", batch);
        return failed != null
                ? named + " " + failed.lines().findFirst().orElse("").replace('|', '/') + " | - | - |"
                : named + String.format(Locale.ROOT, " %.3f | %.3f-%.3f | %.3f |", medianMs, lowMs, highMs, wallMs);
    }
}
