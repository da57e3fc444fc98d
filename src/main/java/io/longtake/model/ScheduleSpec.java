package io.longtake.model;

import java.util.Set;

/**
 * The noise schedule that a network was trained with.
 *
 * @param type cosine (with {@code offset}), linear or scaled_linear (with {@code betaStart} and {@code betaEnd})
 * @param steps discrete times, 1000 in every published model
 * @param offset of a cosine schedule
 * @param betaStart variance of the first step of a linear schedule
 * @param betaEnd variance of the last one
 * @param zeroTerminalSnr whether the schedule is rescaled so that its last time is pure noise
 * @param spacing how samplers choose their times: trailing (unless said otherwise) or leading
 */
public record ScheduleSpec(
        String type,
        int steps,
        Double offset,
        Double betaStart,
        Double betaEnd,
        boolean zeroTerminalSnr,
        String spacing) {

    public ScheduleSpec {
        Rule.oneOf("schedule.type", type, Set.of("cosine", "linear", "scaled_linear"));
        Rule.between("schedule.steps", steps, 2, 10_000);
        spacing = spacing == null ? "trailing" : spacing;
        Rule.oneOf("schedule.spacing", spacing, Set.of("trailing", "leading"));
        if (zeroTerminalSnr && spacing.equals("leading")) {
            throw new ManifestException("schedule.spacing must be trailing where zeroTerminalSnr is true:"
                    + " leading times never reach pure noise");
        }
        if (type.equals("cosine")) {
            Rule.present("schedule.offset", offset);
            Rule.between("schedule.offset", offset, 0, 0.1);
        } else {
            Rule.present("schedule.betaStart", betaStart);
            Rule.present("schedule.betaEnd", betaEnd);
            Rule.between("schedule.betaStart", betaStart, 1e-9, 0.5);
            Rule.between("schedule.betaEnd", betaEnd, betaStart, 0.999);
        }
    }
}
