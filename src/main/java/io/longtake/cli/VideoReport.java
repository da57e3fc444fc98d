package io.longtake.cli;

import io.longtake.client.KnownVideo;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of a video, for people and for programs. */
record VideoReport(KnownVideo video) {

    static final String HEAD =
            String.format(Locale.ROOT, "%-36s  %-9s  %11s  %-20s  %s", "VIDEO", "STATE", "FRAMES", "ASKED", "PROMPT");

    String line() {
        return String.format(
                Locale.ROOT,
                "%-36s  %-9s  %11s  %-20s  %s",
                video.id(),
                state(),
                frames(),
                video.asked().map(VideoReport::time).orElse("-"),
                video.prompt().map(OneLine::of).orElse("-"));
    }

    void print(PrintWriter out) {
        out.println("video    " + video.id());
        out.println("state    " + state() + (video.message().isEmpty() ? "" : ": " + OneLine.of(video.message())));
        out.println("prompt   " + video.prompt().map(OneLine::of).orElse("(no longer in Kafka)"));
        video.model()
                .ifPresent(model -> out.println(
                        "model    " + OneLine.of(model) + ", " + video.codec().orElse("")));
        video.asked().ifPresent(asked -> out.println("asked    " + time(asked)));
        out.println("changed  " + time(video.changed()));
        out.println("frames   " + frames() + (video.frameRate() == 0 ? "" : " at " + video.frameRate() + " a second"));
        if (video.stages().isEmpty()) {
            return;
        }
        out.println();
        out.printf(Locale.ROOT, "%-12s  %7s  %8s  %8s  %s%n", "STAGE", "FRAMES", "FIRST", "LAST", "SEGMENTS BY WORKER");
        video.stages()
                .forEach((stage, work) -> out.printf(
                        Locale.ROOT,
                        "%-12s  %7d  %8s  %8s  %s%n",
                        OneLine.of(stage),
                        work.frames(),
                        after(work.first()),
                        after(work.last()),
                        work.segments().entrySet().stream()
                                .map(worker -> OneLine.of(worker.getKey()) + ": " + worker.getValue())
                                .collect(Collectors.joining(", "))));
        out.println("FIRST and LAST: seconds after the video was asked for.");
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("video_id", video.id());
        fields.put("state", state());
        fields.put("message", video.message());
        fields.put("prompt", video.prompt().orElse(null));
        fields.put("model", video.model().orElse(null));
        fields.put("codec", video.codec().orElse(null));
        fields.put("asked", video.asked().map(VideoReport::time).orElse(null));
        fields.put("changed", time(video.changed()));
        fields.put("frames", video.frames());
        fields.put("total_frames", video.totalFrames());
        fields.put("frame_rate", video.frameRate());
        return fields;
    }

    /** With what each stage did. */
    Map<String, Object> allFields() {
        Map<String, Object> stages = new LinkedHashMap<>();
        video.stages().forEach((stage, work) -> {
            Map<String, Object> done = new LinkedHashMap<>();
            done.put("frames", work.frames());
            done.put(
                    "first",
                    Optional.ofNullable(work.first()).map(VideoReport::time).orElse(null));
            done.put(
                    "last",
                    Optional.ofNullable(work.last()).map(VideoReport::time).orElse(null));
            done.put("segments_by_worker", work.segments());
            stages.put(stage, done);
        });
        Map<String, Object> fields = fields();
        fields.put("stages", stages);
        return fields;
    }

    private String state() {
        return video.state().name().toLowerCase(Locale.ROOT);
    }

    private String frames() {
        return video.frames() + "/" + (video.totalFrames() == 0 ? "?" : video.totalFrames());
    }

    private String after(Instant time) {
        return time == null || video.asked().isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.1f",
                        Duration.between(video.asked().get(), time).toMillis() / 1e3);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
