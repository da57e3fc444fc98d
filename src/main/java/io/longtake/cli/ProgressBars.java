package io.longtake.cli;

import io.longtake.event.VideoEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for each stage, and one for the video: frames done, speed, time left. */
final class ProgressBars implements Progress {

    private static final int MAX_WIDTH = 100;
    private static final int REDRAW_MILLIS = 200;

    private final PrintStream out;
    private final ProgressClock clock = new ProgressClock();
    private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
    private final int width;
    private ProgressBar video;

    /** @param columns of the terminal: a line that fills the last one would wrap */
    ProgressBars(PrintStream out, int columns) {
        this.out = out;
        this.width = Math.min(MAX_WIDTH, columns - 1);
    }

    int width() {
        return width;
    }

    @Override
    public void phase(String what) {
        out.println(what);
    }

    @Override
    public void on(VideoEvent event) {
        clock.on(event);
        switch (event.getKind()) {
            case ACCEPTED -> {
                out.println("video " + event.getVideoId());
                event.getStages().forEach(stage -> bars.put(stage, bar(stage)));
                video = bar("video");
            }
                // Who begins to listen late, or to a strange event, has no bar for it.
            case STAGE_DONE -> step(bars.get(event.getStage()), clock.done(event.getStage()));
            case STITCHED -> step(video, clock.stitched());
            default -> {}
        }
    }

    private static void step(ProgressBar bar, long frames) {
        if (bar != null) {
            bar.stepTo(frames);
        }
    }

    private ProgressBar bar(String name) {
        return new ProgressBarBuilder()
                .setTaskName(String.format(Locale.ROOT, "%-11s", name))
                .setInitialMax(clock.total())
                .setUnit(" frames", 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setMaxRenderedLength(width)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setEtaFunction(state -> eta())
                .showSpeed()
                .build();
    }

    private Optional<Duration> eta() {
        double left = clock.secondsLeft();
        return left < 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (left * 1000)));
    }

    @Override
    public void close() {
        bars.values().forEach(ProgressBar::close);
        bars.clear();
        if (video != null) {
            video.close();
            video = null;
        }
    }
}
