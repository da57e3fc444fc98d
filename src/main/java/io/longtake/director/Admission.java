package io.longtake.director;

import io.longtake.event.ExtendEvent;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.model.ModelManifest;
import io.longtake.model.VideoPlan;
import io.longtake.video.Codec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

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
    private static final int MAX_SCENES = 1000;
    private static final int MAX_PRIORITY = 100;
    private static final int MAX_TENANT = 100;
    /** Of the difference of two moments, in seconds. */
    private static final double ROUNDING = 1e-9;

    private static final int NEXT_LINE = 0x85;

    private Admission() {}

    /** Everything that is wrong with a prompt event for a model; empty if it is fine. */
    public static List<Violation> check(PromptEvent event, ModelManifest model) {
        ModelManifest.Limits limits = model.limits();
        List<Violation> found = new ArrayList<>();
        List<ScheduledScene> scenes = event.getScenes();
        if (scenes.isEmpty() || scenes.size() > MAX_SCENES) {
            found.add(new Violation("scenes", "has " + scenes.size() + " scenes, expected 1 .. " + MAX_SCENES));
            return found;
        }
        for (int i = 0; i < scenes.size(); i++) {
            words(found, inScene(i), scenes.get(i).getScene(), limits);
        }
        double shortest = 1.0 / model.video().fps();
        range(found, "seconds", event.getSeconds(), shortest, limits.seconds());
        for (int i = 0; i < scenes.size(); i++) {
            numbers(found, inScene(i), scenes.get(i).getScene(), limits);
        }
        schedule(found, scenes, event.getSeconds(), limits.seconds());
        if (model.stages().keyframes().continuation().reuses()) {
            sameSteps(found, scenes);
        }
        List<String> codecs = Arrays.stream(Codec.values()).map(Codec::wireName).toList();
        if (!codecs.contains(event.getCodec())) {
            found.add(new Violation("codec", shortened(event.getCodec()) + " is not one of " + codecs));
        }
        range(found, "priority", event.getPriority(), -MAX_PRIORITY, MAX_PRIORITY);
        text(found, "tenant", event.getTenant(), MAX_TENANT);
        return found;
    }

    /** The first scene is spoken of as if there were no other, because mostly there is none. */
    private static String inScene(int index) {
        return index == 0 ? "" : "scenes[" + index + "].";
    }

    private static void words(List<Violation> found, String at, Scene scene, ModelManifest.Limits limits) {
        text(found, at + "prompt", scene.getPrompt(), limits.promptCharacters());
        text(found, at + "negative_prompt", scene.getNegativePrompt(), limits.promptCharacters());
        if (blank(scene.getPrompt())) {
            found.add(new Violation(at + "prompt", "is empty: expected a description of the video"));
        }
    }

    private static void numbers(List<Violation> found, String at, Scene scene, ModelManifest.Limits limits) {
        if (scene.getGuidance() != null) {
            guidance(found, at + "guidance", scene.getGuidance(), limits.guidance());
        }
        if (scene.getSteps() != null && (scene.getSteps() < 1 || scene.getSteps() > limits.steps())) {
            found.add(new Violation(at + "steps", scene.getSteps() + " is outside 1 .. " + limits.steps()));
        }
    }

    /** A segment that follows the trajectory of the one before takes as many steps as that one. */
    private static void sameSteps(List<Violation> found, List<ScheduledScene> scenes) {
        Integer steps = scenes.get(0).getScene().getSteps();
        for (int i = 1; i < scenes.size(); i++) {
            Integer other = scenes.get(i).getScene().getSteps();
            if (!Objects.equals(steps, other)) {
                found.add(new Violation(
                        inScene(i) + "steps",
                        other + " differs from " + steps + ": with this model all scenes take the same steps"));
            }
        }
    }

    private static void schedule(List<Violation> found, List<ScheduledScene> scenes, double seconds, double longest) {
        double before = 0;
        for (int i = 0; i < scenes.size(); i++) {
            ScheduledScene scene = scenes.get(i);
            String at = "scenes[" + i + "].";
            if (i == 0 && scene.getBegins() != 0) {
                found.add(new Violation(
                        at + "begins", plain(scene.getBegins()) + " is not 0: the first scene opens the video"));
            } else if (i > 0 && !(scene.getBegins() > before && scene.getBegins() < seconds)) {
                found.add(new Violation(
                        at + "begins",
                        String.format(
                                Locale.ROOT,
                                "%s is not later than %s, where the scene before begins, and earlier than %s, where the video ends",
                                plain(scene.getBegins()),
                                plain(before),
                                plain(seconds))));
            }
            transition(found, at, scenes, i, longest);
            before = scene.getBegins();
        }
    }

    /** One scene passes at a time: what is passing is over when the next one begins. The video may end before. */
    private static void transition(
            List<Violation> found, String at, List<ScheduledScene> scenes, int index, double longest) {
        ScheduledScene scene = scenes.get(index);
        if (index == 0) {
            if (scene.getTransition() != 0) {
                found.add(new Violation(
                        at + "transition", plain(scene.getTransition()) + " is not 0: no scene is before the first"));
            }
            return;
        }
        boolean last = index == scenes.size() - 1;
        double room = last ? longest : scenes.get(index + 1).getBegins() - scene.getBegins();
        range(found, at + "transition", scene.getTransition(), 0, Math.max(0, room) + ROUNDING);
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

    private static void guidance(List<Violation> found, String field, double value, double limit) {
        if (limit == 1 && value != 1) {
            found.add(new Violation(
                    field, String.format(Locale.ROOT, "%s must be 1: this model runs without guidance", plain(value))));
        } else {
            range(found, field, value, 1, limit);
        }
    }

    private static void text(List<Violation> found, String field, String value, int limit) {
        int characters = value.codePointCount(0, value.length());
        if (characters > limit) {
            found.add(new Violation(
                    field, "has " + characters + " characters, the limit is " + limit + ": " + shortened(value)));
        }
        halfCharacter(value)
                .ifPresent(at -> found.add(new Violation(
                        field,
                        String.format(
                                Locale.ROOT, "has half a character at %d: U+%04X without its other half", at, (int)
                                        value.charAt(at)))));
    }

    /** Where a surrogate stands alone, which no encoding can write: it would arrive as a question mark. */
    private static OptionalInt halfCharacter(String value) {
        int at = 0;
        while (at < value.length()) {
            int character = value.codePointAt(at);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                return OptionalInt.of(at);
            }
            at += Character.charCount(character);
        }
        return OptionalInt.empty();
    }

    /** Of nothing that is seen; more than Java's own idea of it. */
    private static boolean blank(String value) {
        return value.codePoints()
                .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE);
    }

    private static String shortened(String value) {
        String shown = value.codePointCount(0, value.length()) <= SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
        return '"' + shown.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ") + '"';
    }

    /** Written so that NaN is outside every range. */
    private static void range(List<Violation> found, String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            found.add(new Violation(
                    field,
                    String.format(Locale.ROOT, "%s is outside %s .. %s", plain(value), limit(low), limit(high))));
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
