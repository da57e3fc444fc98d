package io.longtake.cli;

import ai.djl.util.Progress;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far an engine's compiler is: a bar if somebody watches, a line now and then if a file does. */
final class CompileProgress implements Progress, AutoCloseable {

    private static final int WIDTH = 100;
    private static final int LINES = 4;

    private final PrintStream out;
    private final boolean bars;
    private String task = "";
    private long total = 1;
    private long told;
    private ProgressBar bar;

    CompileProgress(PrintStream out, boolean bars) {
        this.out = out;
        this.bars = bars;
    }

    @Override
    public synchronized void reset(String message, long max, String trailingMessage) {
        close();
        task = message;
        total = Math.max(1, max);
        told = 0;
    }

    @Override
    public synchronized void start(long initialProgress) {
        if (bars) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(" layers", 1)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setMaxRenderedLength(WIDTH)
                    .build();
        }
        update(initialProgress, null);
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void increment(long increment) {
        update(told + increment, null);
    }

    @Override
    public synchronized void update(long progress, String additionalMessage) {
        if (bar != null) {
            bar.stepTo(progress);
        } else if (!bars && progress * LINES / total > told * LINES / total) {
            out.printf(Locale.ROOT, "%s: %d of %d layers%n", task, progress, total);
        }
        told = progress;
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
