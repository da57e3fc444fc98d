package io.longtake;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser that plays H.264: one that this machine has, or can be given. Where there is none the test is skipped, with a
 * sentence that says what was tried.
 */
public final class Browser implements AutoCloseable {

    /** Path of a browser of the Chromium family. */
    private static final String CHOSEN = "LONGTAKE_BROWSER";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge");

    /** As root, without a display, and without a word to anybody but the server under test. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Playwright fetches its browsers where it is not told otherwise; they play no H.264. */
    private static final Map<String, String> QUIET = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private static final String PLAYS =
            "() => 'MediaSource' in window && MediaSource.isTypeSupported('video/mp4; codecs=\"avc1.42c01f\"')";

    /** A busy machine is slow; who is well does not wait. */
    private static final double PATIENCE = 30_000;

    /** Why there is none; found out once. */
    private static String none;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** @throws org.opentest4j.TestAbortedException if this machine has none and can get none */
    public static synchronized Browser open() {
        if (none != null) {
            ForeignProgram.absent(none);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(QUIET));
        List<String> tried = new ArrayList<>();
        for (Offer offer : offers()) {
            try {
                com.microsoft.playwright.Browser browser = offer.launch(playwright);
                if (plays(browser)) {
                    return new Browser(playwright, browser);
                }
                browser.close();
                tried.add(offer.name() + " (plays no H.264)");
            } catch (PlaywrightException | IOException absent) {
                tried.add(offer.name() + " (" + firstLine(absent) + ")");
            }
        }
        playwright.close();
        none = "no browser for the tests of the page, set " + CHOSEN + " to a Chromium or Chrome; tried: "
                + String.join(", ", tried);
        ForeignProgram.absent(none);
        throw new IllegalStateException(none);
    }

    /** A window of its own, with nothing remembered. */
    public BrowserContext window(com.microsoft.playwright.Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    public String version() {
        return browser.browserType().name() + " " + browser.version();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** A way to a browser; a way may be long. */
    private record Offer(String name, Way way) {
        interface Way {
            com.microsoft.playwright.Browser launch(Playwright playwright) throws IOException;
        }

        com.microsoft.playwright.Browser launch(Playwright playwright) throws IOException {
            return way.launch(playwright);
        }
    }

    private static List<Offer> offers() {
        String chosen = System.getenv(CHOSEN);
        if (chosen != null) {
            return List.of(at(Path.of(chosen)));
        }
        List<Offer> offers = new ArrayList<>();
        onPath().map(Browser::at).forEach(offers::add);
        offers.add(new Offer("an installed Chrome", Browser::chrome));
        if (debian()) {
            offers.add(new Offer("apt-get install chromium", playwright -> {
                run(new ProcessBuilder("apt-get", "-q", "-o", "Acquire::Retries=0", "update"));
                run(new ProcessBuilder("apt-get", "-qy", "-o", "Acquire::Retries=0", "install", "chromium"));
                return launch(playwright, new LaunchOptions().setExecutablePath(Path.of("/usr/bin/chromium")));
            }));
        }
        offers.add(new Offer("playwright install chrome", playwright -> {
            ProcessBuilder install = Driver.ensureDriverInstalled(QUIET, false).createProcessBuilder();
            install.command().addAll(List.of("install", "chrome"));
            run(install);
            return chrome(playwright);
        }));
        return offers;
    }

    private static Offer at(Path path) {
        return new Offer(
                path.toString(), playwright -> launch(playwright, new LaunchOptions().setExecutablePath(path)));
    }

    private static com.microsoft.playwright.Browser chrome(Playwright playwright) {
        return launch(playwright, new LaunchOptions().setChannel("chrome"));
    }

    private static com.microsoft.playwright.Browser launch(Playwright playwright, LaunchOptions options) {
        return playwright
                .chromium()
                .launch(options.setHeadless(true).setArgs(FLAGS).setTimeout(60_000));
    }

    private static boolean plays(com.microsoft.playwright.Browser browser) {
        try (Page page = browser.newPage()) {
            return (boolean) page.evaluate(PLAYS);
        }
    }

    private static Stream<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable);
    }

    private static boolean debian() {
        return Files.isExecutable(Path.of("/usr/bin/apt-get")) && "root".equals(System.getProperty("user.name"));
    }

    private static void run(ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("not done within 5 minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit status " + process.exitValue());
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> line.length() > 10)
                .findFirst()
                .orElse(e.toString());
    }
}
