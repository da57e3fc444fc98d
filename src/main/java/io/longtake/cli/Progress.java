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

    /** Bars if somebody watches, plain lines if a file does. */
    static Progress on(PrintStream out) {
        return Boolean.getBoolean("longtake.terminal")
                ? new ProgressBars(out)
                : new ProgressLines(out, System::nanoTime);
    }
}
