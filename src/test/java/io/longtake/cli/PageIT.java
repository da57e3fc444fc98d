package io.longtake.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.longtake.Browser;
import io.longtake.Screen;
import io.longtake.Shots;
import io.longtake.tensor.Frames;
import io.longtake.video.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person uses it, on everything that a user starts, from a prompt to the gallery after a restart. */
@Tag("alone")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PageIT {

    private static final int RATE = 24;
    private static final int SECONDS = 8;

    /** A busy machine takes long for a second of video. */
    private static final double LONG = 240_000;

    /** Of a mean block of 8 x 8 pixels, of 255: a browser converts colours a little differently. */
    private static final double CLOSE = 6;

    @TempDir
    private Path workspace;

    private Browser browser;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.open();
        // a video that is watched is never done long before its viewer is, however slow the browser
        server = RunningServer.start(
                new Command(workspace, Map.of("LONGTAKE_JAVA_OPTS", "-Dlongtake.pacing.lead-seconds=3")), workspace);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void a_video_is_asked_for_watched_while_it_is_made_and_kept() throws Exception {
        Page page = window(new NewContextOptions().setViewportSize(1280, 800));
        page.navigate(server.address());
        assertThat(page.getByText("None yet.")).isVisible();
        Shots.take(page, "empty");
        page.fill("#seconds", "9999");
        page.click("text=Make the video");
        assertThat(page.locator("#seconds-fault")).containsText("outside");
        Shots.take(page, "refused");

        order(page, "around a bend at dusk with a few cars", SECONDS, 3);
        awaitTheWait(page);
        Shots.takeWhole(page, "waiting");
        Screen.watch(page, 8);
        Screen.begin(page); // a fast machine has begun already
        String during = page.locator(".facts").innerText();
        List<Screen.Shown> live = Screen.shown(page);
        Shots.takeWhole(page, "making");

        assertThat(page.locator(".facts")).containsText("Complete", new ContainsTextOptions().setTimeout(LONG));
        assertThat(during).as("it played while it was made").doesNotContain("Complete");
        assertThat(live.get(0).brightness()).as("not black").isGreaterThan(20);
        assertThat(live.get(0).distance(live.get(7).means())).as("it moves").isGreaterThan(0.5);
        List<Frames> video = video(page);
        assertThat(video).hasSize(SECONDS * RATE);
        assertThat(live)
                .allSatisfy(shown -> assertThat(shown.distance(Screen.blocks(video.get((int) shown.frame(RATE)), 0)))
                        .as("frame %d", shown.frame(RATE))
                        .isLessThan(CLOSE));
        assertThat(live.get(0).distance(Screen.blocks(video.get(3 * RATE), 0)))
                .as("another frame is told apart")
                .isGreaterThan(CLOSE);
        stillAt(page, 1.5);
        Shots.takeWhole(page, "finished");

        cancelled(page);
        afterARestart(page);
    }

    private void cancelled(Page page) throws Exception {
        page.navigate(server.address());
        order(page, "a drive at night in heavy traffic", 60, 7);
        page.getByText("Play now").waitFor(new WaitForOptions().setTimeout(LONG));
        page.click("text=Cancel");

        assertThat(page.locator(".facts"))
                .containsText("Cancelled after", new ContainsTextOptions().setTimeout(30_000));
        assertThat(page.getByText("Play now")).isHidden();
        assertThat(Screen.play(page, 2).get(1).brightness()).isGreaterThan(2);
    }

    private void afterARestart(Page page) throws Exception {
        page.click("text=Longtake");
        assertThat(page.locator(".card")).hasCount(2);
        server.stop();
        assertThat(page.getByText("Trying again")).isVisible();
        server.start();
        assertThat(page.getByText("Trying again")).isHidden();
        page.reload();

        assertThat(page.locator(".card")).hasCount(2);
        assertThat(page.locator(".card").last()).containsText("around a bend at dusk");
        assertThat(page.locator(".card").first()).containsText("Cancelled after");
        page.waitForFunction("() => [...document.querySelectorAll('.card img')].filter(i => i.naturalWidth === 512)"
                + ".length === 2");
        Shots.take(page, "gallery");
        page.locator(".card").last().click();
        page.waitForFunction("() => document.querySelector('video')?.readyState > 1");
        assertThat(Screen.play(page, 2).get(1).brightness()).isGreaterThan(20);

        Page dark = window(new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
        dark.navigate(page.url());
        stillAt(dark, 2.2);
        Shots.takeWhole(dark, "dark");
        Page phone = window(new NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
        phone.navigate(page.url());
        stillAt(phone, 3.1);
        Shots.takeWhole(phone, "phone");
    }

    /** Two seconds are there, so the page can say how long to wait; or the video plays, because there is no wait. */
    private static void awaitTheWait(Page page) {
        page.waitForFunction(
                """
                () => document.querySelector('.screen__told')?.textContent.startsWith('Smooth in')
                  || document.querySelector('video')?.currentTime > 0
                """,
                null,
                new Page.WaitForFunctionOptions().setTimeout(LONG));
    }

    /** The video stands at a time, and nothing turns above it. */
    private static void stillAt(Page page, double seconds) {
        page.waitForFunction("() => document.querySelector('video')?.readyState > 1");
        page.evaluate(
                """
                seconds => new Promise(done => {
                  const video = document.querySelector('video');
                  video.pause();
                  video.addEventListener('seeked', () => setTimeout(done, 1200), {once: true});
                  video.currentTime = seconds;
                })
                """,
                seconds);
    }

    private Page window(NewContextOptions options) {
        BrowserContext window = browser.window(options);
        window.setDefaultTimeout(30_000);
        return window.newPage();
    }

    private static void order(Page page, String prompt, int seconds, int seed) {
        assertThat(page.locator("#model")).hasValue("drive");
        page.fill("#prompt", prompt);
        page.fill("#seconds", Integer.toString(seconds));
        page.fill("#seed", Integer.toString(seed));
        page.click("text=Make the video");
        assertThat(page.locator("h1")).hasText(prompt);
    }

    /** The file that the page gives, frame by frame. */
    private List<Frames> video(Page page) throws Exception {
        Download download = page.waitForDownload(() -> page.click("text=Download"));
        assertThat(download.suggestedFilename()).isEqualTo("around-a-bend-at-dusk-with-a-few-cars.mp4");
        Path file = workspace.resolve("video.mp4");
        download.saveAs(file);
        List<Frames> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file)) {
            for (Optional<Frames> next = reader.next(); next.isPresent(); next = reader.next()) {
                frames.add(next.get());
            }
        }
        return frames;
    }
}
