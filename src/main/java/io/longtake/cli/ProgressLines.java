package io.longtake.cli;

import io.longtake.event.VideoEvent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line for every segment of the video. */
final class ProgressLines implements Progress {

    private final PrintStream out;
    private final ProgressClock clock = new ProgressClock();

    ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void phase(String what) {
        out.println(what);
    }

    @Override
    public void on(VideoEvent event) {
        clock.on(event);
        switch (event.getKind()) {
            case ACCEPTED -> out.println("accepted " + event.getVideoId() + ": " + event.getTotalFrames() + " frames, "
                    + event.getMessage());
            case STITCHED -> out.println(stitched());
            case EXTENDED -> out.println("extended to " + event.getTotalFrames() + " frames");
            case LATE -> out.println("late: " + OneLine.of(event.getMessage()));
            default -> {}
        }
    }

    private String stitched() {
        String stages = clock.stages().stream()
                .map(stage -> stage + " " + clock.done(stage))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "stitched %d/%d frames (%s), %.1f frames/s, %.0f s left",
                clock.stitched(),
                clock.total(),
                stages,
                clock.framesPerSecond(),
                Math.max(0, clock.secondsLeft()));
    }

    @Override
    public void close() {}
}
