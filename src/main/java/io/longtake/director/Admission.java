package io.longtake.director;

import io.longtake.event.ExtendEvent;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelManifest;
import io.longtake.model.VideoPlan;
import io.longtake.video.Codec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decides whether a prompt event can be honoured, before anything is allocated for it. */
public final class Admission {

    /** What is wrong with one field of an event. */
    public record Violation(String field, String problem) {
        @Override
        public String toString() {
            return field + " " + problem;
        }
    }

    private static final int SHOWN = 60;

    private Admission() {}

    /** Everything that is wrong with a prompt event for a model; empty if it is fine. */
    public static List<Violation> check(PromptEvent event, ModelManifest model) {
        ModelManifest.Limits limits = model.limits();
        List<Violation> found = new ArrayList<>();
        text(found, "prompt", event.getPrompt(), limits.promptCharacters());
        text(found, "negative_prompt", event.getNegativePrompt(), limits.promptCharacters());
        if (event.getPrompt().isBlank()) {
            found.add(new Violation("prompt", "is empty: expected a description of the video"));
        }
        double shortest = 1.0 / model.video().fps();
        range(found, "seconds", event.getSeconds(), shortest, limits.seconds());
        if (event.getGuidance() != null) {
            guidance(found, event.getGuidance(), limits.guidance());
        }
        if (event.getSteps() != null && (event.getSteps() < 1 || event.getSteps() > limits.steps())) {
            found.add(new Violation("steps", event.getSteps() + " is outside 1 .. " + limits.steps()));
        }
        List<String> codecs = Arrays.stream(Codec.values()).map(Codec::wireName).toList();
        if (!codecs.contains(event.getCodec())) {
            found.add(new Violation("codec", shortened(event.getCodec()) + " is not one of " + codecs));
        }
        return found;
    }

    /** The length of a video after an extension, in frames. */
    static long extendedFrames(Order order, ExtendEvent extend) {
        List<Violation> found = new ArrayList<>();
        double fps = order.model().video().fps();
        double now = order.plan().totalFrames() / fps;
        range(
                found,
                "seconds",
                extend.getSeconds(),
                1 / fps,
                order.model().limits().seconds() - now);
        if (!found.isEmpty()) {
            throw new RejectedEventException(found.get(0) + " (the video has " + now + " s)");
        }
        return order.plan().totalFrames()
                + VideoPlan.of(order.model(), extend.getSeconds()).totalFrames();
    }

    private static void guidance(List<Violation> found, double value, double limit) {
        if (limit == 1 && value != 1) {
            found.add(new Violation(
                    "guidance", "%s must be 1: this model runs without guidance".formatted(plain(value))));
        } else {
            range(found, "guidance", value, 1, limit);
        }
    }

    private static void text(List<Violation> found, String field, String value, int limit) {
        if (value.length() > limit) {
            found.add(new Violation(
                    field, "has " + value.length() + " characters, the limit is " + limit + ": " + shortened(value)));
        }
    }

    private static String shortened(String value) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return '"' + shown.replaceAll("\\p{Cntrl}", " ") + '"';
    }

    /** Written so that NaN is outside every range. */
    private static void range(List<Violation> found, String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            found.add(new Violation(field, "%s is outside %s .. %s".formatted(plain(value), limit(low), limit(high))));
        }
    }

    private static String limit(double value) {
        return new BigDecimal(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
