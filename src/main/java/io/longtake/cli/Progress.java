package io.longtake.cli;

import io.longtake.event.VideoEvent;
import java.io.PrintStream;

/** Shows how far a video is. */
interface Progress extends AutoCloseable {

    /** A phase before the video begins. */
    void phase(String what);

    void on(VideoEvent event);

    @Override
    void close();

    private static int columns() {
        int told = Integer.getInteger("longtake.columns", 0);
        return told > 0 ? told : 80;
    }

    /** Bars if somebody watches, plain lines if a file does. */
    static Progress on(PrintStream out) {
        return Boolean.getBoolean("longtake.terminal") ? new ProgressBars(out, columns()) : new ProgressLines(out);
    }
}
