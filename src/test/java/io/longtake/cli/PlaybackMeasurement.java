package io.longtake.cli;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.longtake.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a viewer sees, in a real browser: how long until the first picture, how long the page says to wait, and whether the
 * video then stands still. No test: {@code docs/measure-playback.sh} runs it on a machine that does nothing else.
 */
class PlaybackMeasurement {

    private static final double PATIENCE = 900_000;

    /** Milliseconds. A browser says that it waits and that it plays within less, and nobody sees it. */
    private static final double FRAME = 1000.0 / 24;

    private static final int LENGTH = Integer.getInteger("longtake.measured-seconds", 30);

    /** The page takes the times itself; to ask it at every frame, as is usual, would cost the video what is measured here. */
    private static final Page.WaitForFunctionOptions WAIT =
            new Page.WaitForFunctionOptions().setTimeout(PATIENCE).setPollingInterval(250);

    @TempDir
    private Path workspace;

    @Test
    void playback_in_a_browser() throws Exception {
        try (Browser browser = Browser.open();
                RunningServer server = RunningServer.start(new Command(workspace), workspace)) {
            row("browser", browser.version());
            row("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
            for (int round = 1; round <= 3; round++) {
                firstPicture(browser, server, round);
            }
            playback(browser, server);
        }
    }

    private static void firstPicture(Browser browser, RunningServer server, int round) throws IOException {
        try (BrowserContext window = browser.window(new NewContextOptions())) {
            Page page = ordered(window, server, 2, round);
            page.waitForFunction("() => stopwatch.marks.picture", null, WAIT);
            Map<?, ?> marks = (Map<?, ?>) page.evaluate("() => stopwatch.marks");
            row("request to first fragment appended, video " + round, seconds(marks, "fragment"));
            row("request to first picture shown, video " + round, seconds(marks, "picture"));
            page.waitForFunction("() => document.querySelector('.facts').textContent.includes('Complete')", null, WAIT);
        }
    }

    private static void playback(Browser browser, RunningServer server) throws IOException {
        try (BrowserContext window = browser.window(new NewContextOptions())) {
            Page page = ordered(window, server, LENGTH, 7);
            page.waitForFunction("() => stopwatch.marks.ended", null, WAIT);
            Map<?, ?> watch = (Map<?, ?>) page.evaluate("() => stopwatch");
            Map<?, ?> marks = (Map<?, ?>) watch.get("marks");
            String video = "video of " + LENGTH + " s: ";
            row(video + "request to first picture shown", seconds(marks, "picture"));
            row(video + "first word of a wait", first(watch));
            row(video + "request to playback, started by the page", seconds(marks, "playing"));
            row(video + "stalls longer than a frame after that", stalls((List<?>) watch.get("stalls")));
            row(video + "request to the end of playback", seconds(marks, "ended"));
            row(video + "pace", (String)
                    page.evaluate("() => document.querySelector('.facts div:last-child dd').textContent"));
        }
    }

    private static Page ordered(BrowserContext window, RunningServer server, int seconds, int seed) throws IOException {
        window.addInitScript(stopwatch());
        Page page = window.newPage();
        page.navigate(server.address());
        page.waitForFunction("() => document.querySelector('#model')?.value === 'drive'");
        page.fill("#prompt", "a drive at night in heavy traffic");
        page.fill("#seconds", Integer.toString(seconds));
        page.fill("#seed", Integer.toString(seed));
        page.click("text=Make the video");
        return page;
    }

    private static String first(Map<?, ?> watch) {
        return ((List<?>) watch.get("told"))
                .stream()
                        .map(Map.class::cast)
                        .filter(told -> told.get("words").toString().startsWith("Smooth in"))
                        .findFirst()
                        .map(told -> String.format(
                                Locale.ROOT,
                                "\"%s\", %s after the request",
                                told.get("words"),
                                seconds(((Number) told.get("after")).doubleValue())))
                        .orElse("none: it began at once");
    }

    private static String stalls(List<?> stalls) {
        double[] seen = stalls.stream()
                .map(Map.class::cast)
                .mapToDouble(stall -> ((Number) stall.get("millis")).doubleValue())
                .filter(millis -> millis > FRAME)
                .toArray();
        return seen.length == 0
                ? "0"
                : seen.length + ", " + seconds(DoubleStream.of(seen).sum()) + " in all: " + stalls;
    }

    private static String seconds(Map<?, ?> marks, String name) {
        return seconds(((Number) marks.get(name)).doubleValue());
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }

    private static void row(String what, String value) {
        System.out.printf(Locale.ROOT, "| %s | %s |%n", what, value);
    }

    private static String stopwatch() throws IOException {
        try (InputStream script = PlaybackMeasurement.class.getResourceAsStream("/stopwatch.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
