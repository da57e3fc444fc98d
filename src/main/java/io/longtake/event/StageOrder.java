package io.longtake.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The stages that every segment of a video passes, and what each works on.
 *
 * @param names in order, keyframes first
 */
public record StageOrder(List<StageName> names) {

    public StageOrder {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a segment passes at least one stage, found none");
        }
    }

    /** The order of a video's plan, which has the stages' names in lower case. */
    public static StageOrder of(List<String> plan) {
        return new StageOrder(plan.stream()
                .map(name -> StageName.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList());
    }

    /** The one whose frames are published. */
    public StageName last() {
        return names.get(names.size() - 1);
    }

    /** The stage on whose output this one works; none for the first, which imagines. */
    public Optional<StageName> before(StageName stage) {
        int at = names.indexOf(stage);
        return at > 0 ? Optional.of(names.get(at - 1)) : Optional.empty();
    }

    /**
     * Whether a stage also sees the segment before, in what it works on, so that its window does not start blind. Keyframes go
     * on from keyframes, and the windows of interpolation end at keyframes: they need nothing else of the segment before.
     */
    public static boolean seesHalo(StageName stage) {
        return stage == StageName.DECODE || stage == StageName.UPSAMPLE;
    }
}
