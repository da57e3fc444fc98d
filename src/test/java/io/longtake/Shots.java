package io.longtake;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures of the page in its main states. They land in {@code target/screenshots}; with
 * {@code -Dlongtake.write-screenshots=true} also where the README shows them.
 */
public final class Shots {

    private static final Path TAKEN = Path.of("target", "screenshots");
    private static final Path SHOWN = Path.of("docs", "page");
    private static final int MAX_BYTES = 300_000;

    private Shots() {}

    /** What the window shows. */
    public static void take(Page page, String state) throws IOException {
        keep(page.screenshot(), state);
    }

    /** The page to its end. */
    public static void takeWhole(Page page, String state) throws IOException {
        keep(page.screenshot(new Page.ScreenshotOptions().setFullPage(true)), state);
    }

    private static void keep(byte[] png, String state) throws IOException {
        Files.createDirectories(TAKEN);
        Files.write(TAKEN.resolve(state + ".png"), png);
        if (Boolean.getBoolean("longtake.write-screenshots")) {
            assertThat(png.length).as("bytes of " + state).isLessThan(MAX_BYTES);
            Files.createDirectories(SHOWN);
            Files.write(SHOWN.resolve(state + ".png"), png);
        }
    }
}
