package io.longtake.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.longtake.Accessibility;
import io.longtake.Browser;
import io.longtake.Screen;
import io.longtake.event.Principal;
import io.longtake.event.Scenes;
import io.longtake.video.Codec;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a browser, with videos that grow when the test says so. */
@QuarkusTest
class PageTest {

    private static Browser browser;

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    private BrowserContext window;
    private final List<String> asked = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void start() {
        browser = Browser.open();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        services = served.open(folder);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void the_first_visit_finds_a_form_and_says_that_there_are_no_videos() throws IOException {
        Page page = home(new NewContextOptions());

        assertThat(page.getByText("None yet.")).isVisible();
        assertThat(page.locator("#model")).hasValue("drive");
        assertThat(page.locator("#model option")).hasCount(2);
        Accessibility.check(page);
    }

    @Test
    void what_the_server_refuses_is_said_at_its_field() throws IOException {
        Page page = home(new NewContextOptions());
        page.fill("#seconds", "9999");
        page.fill("#seed", "x");
        page.click("text=Make the video");

        assertThat(page.locator("#prompt-fault")).hasText("Prompt is empty: expected a description of the video");
        assertThat(page.locator("#seconds-fault")).hasText("Length 9999 is outside 0.042 .. 3600");
        assertThat(page.locator("#seed-fault")).containsText("must be a whole number");
        assertThat(page.locator("#seconds")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#prompt")).isFocused();
        assertThat(services.ordered).isEmpty();
        Accessibility.check(page);

        page.fill("#seconds", "2");
        assertThat(page.locator("#seconds-fault")).isEmpty();
    }

    @Test
    void an_order_whose_answer_is_lost_is_sent_again_and_is_one_video() {
        Page page = home(new NewContextOptions());
        page.route("**/v1/videos", route -> {
            route.fetch();
            route.abort();
        });
        page.fill("#prompt", "a drive");
        page.click("text=Make the video");
        assertThat(page.getByText("Nothing is lost: send it again.")).isVisible();

        page.unroute("**/v1/videos");
        page.click("text=Make the video");

        assertThat(page.locator(".video__title")).hasText("a drive");
        assertThat(services.ordered).hasSize(1);
    }

    @Test
    void a_video_is_made_and_played_with_nothing_but_the_keyboard() throws IOException {
        Page page = home(new NewContextOptions());
        press(page, "Tab", "Tab", "Tab", "Tab", "Tab");
        page.keyboard().type("a drive at night");
        press(page, "Tab");
        page.keyboard().type("3");
        press(page, "Tab", "Tab", "Enter"); // the die
        String seed = page.inputValue("#seed");
        press(page, "Tab", "Tab", "Enter");

        assertThat(page.locator("h1")).hasText("a drive at night");
        assertThat(services.ordered.get(0).getSeconds()).isEqualTo(3);
        assertThat(Long.toString(Scenes.first(services.ordered.get(0)).getSeed()))
                .isEqualTo(seed);
        String id = services.ordered.get(0).getVideoId();
        assertThat(page).hasURL(Pattern.compile(".*#/videos/" + id));

        services.grow(id, 0, false);
        assertThat(page.getByText("Play now")).isVisible();
        Screen.watch(page, 12);
        press(page, "Tab", "Enter");
        assertThat(page.locator("video")).isFocused();

        assertThat(page.getByText("Waiting for second 2")).isVisible();
        services.grow(id, 1, false);
        assertThat(page.getByText("Waiting for second 3")).isVisible();
        services.grow(id, 2, true);
        assertThat(page.locator(".facts")).containsText("Complete");
        page.waitForFunction("() => document.querySelector('video').ended");
        List<Screen.Shown> shown = Screen.shown(page);
        assertThat(shown.get(0).brightness()).isGreaterThan(10);
        assertThat(shown.get(0).distance(shown.get(11).means())).as("it moves").isGreaterThan(0.1);
        Accessibility.check(page);
    }

    @Test
    void it_says_how_long_to_wait_and_starts_by_itself_when_it_will_not_stall() {
        Page page = home(new NewContextOptions());
        String id = order(page, "4");
        long now = System.currentTimeMillis();
        services.at(now);
        services.grow(id, 0, false);
        assertThat(page.getByText("Measuring how fast it comes")).isVisible();
        services.at(now + 60_000);
        services.grow(id, 1, false);
        assertThat(page.getByText(Pattern.compile("Smooth in 2 min"))).isVisible();
        assertThat(page.locator(".facts")).containsText("0.02 × real time");
        assertThat(paused(page)).isTrue();

        services.at(now + 60_001);
        services.grow(id, 2, false);
        services.grow(id, 3, true);

        page.waitForFunction("() => document.querySelector('video').currentTime > 0.2");
        assertThat(page.locator(".screen__veil")).isHidden();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void the_player_shows_as_many_seconds_as_there_are(int seconds) {
        Page page = home(new NewContextOptions());
        String id = order(page, Integer.toString(seconds));
        for (int segment = 0; segment < seconds; segment++) {
            services.grow(id, segment, segment == seconds - 1);
        }
        page.waitForFunction("() => document.querySelector('video').ended");

        assertThat(page.evaluate("() => Math.floor(document.querySelector('video').duration)"))
                .as("a browser's own controls show whole seconds of it")
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "media/longtake/"})
    void what_the_reference_tries_goes_below_the_path_that_a_proxy_has_put_it_below(String path) {
        window = browser.window(new NewContextOptions());
        Page page = window.newPage();
        String base = root.resolve("/") + path;
        page.route(
                base + "**",
                proxy -> proxy.resume(new Route.ResumeOptions()
                        .setUrl(root.resolve("/") + proxy.request().url().substring(base.length()))));
        page.navigate(base + "q/swagger-ui/");
        Locator models = page.locator("#operations-Models-listModels");

        models.locator(".opblock-summary").click();
        models.locator(".try-out__btn").click();
        models.locator(".execute").click();

        assertThat(models.locator(".request-url")).containsText(base + "v1/models");
        assertThat(models.locator(".live-responses-table .response-col_status").last())
                .containsText("200");
    }

    /** A video is made only so far ahead of what its viewers have fetched: who waits for more must go on fetching. */
    @Test
    void what_comes_slowly_is_fetched_as_it_comes() {
        Page page = home(new NewContextOptions());
        String id = order(page, "300");
        long now = System.currentTimeMillis();
        for (int segment = 0; segment < 75; segment++) {
            services.at(now + segment * 2000L);
            services.grow(id, segment, false);
        }

        page.waitForFunction(
                "() => { const b = document.querySelector('video').buffered; return b.length && b.end(0) > 74; }");
        assertThat(paused(page)).isTrue();
        assertThat(page.getByText(Pattern.compile("Smooth in"))).isVisible();
    }

    @Test
    void with_reduced_motion_nothing_moves_by_itself() {
        Page page = home(new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        String id = order(page, "2");
        assertThat((String) page.evaluate("() => getComputedStyle(document.querySelector('.screen__told'), '::after')"
                        + ".animationName"))
                .isEqualTo("none");

        services.grow(id, 0, false);
        services.grow(id, 1, true);

        assertThat(page.locator(".facts")).containsText("Complete");
        assertThat(page.getByText("Play now")).isVisible();
        assertThat(paused(page)).isTrue();
        page.click("text=Play now");
        page.waitForFunction("() => document.querySelector('video').currentTime > 0.2");
    }

    @Test
    void the_stages_fill_their_tracks_and_say_what_is_in_work_and_where() {
        Page page = home(new NewContextOptions());
        String id = order(page, "4");
        services.work(id, "keyframes", 48, "worker-a-1");
        services.work(id, "decode", 24, "worker-b-2");

        Locator decode = page.locator(".track--decode");
        assertThat(page.locator(".track--keyframes [role=progressbar]")).hasAttribute("aria-valuenow", "50");
        assertThat(decode.locator("[role=progressbar]")).hasAttribute("aria-valuetext", "1 s done, 1 s in work");
        assertThat(decode).containsText("1 s in work");
        assertThat(page.locator(".tracks__workers")).hasText("worker-a-1: keyframes; worker-b-2: decoding");
        assertThat(page.locator(".facts")).containsText("0 s of 4 s");
    }

    @Test
    void who_waits_is_told_how_many_videos_come_first() {
        Page page = home(new NewContextOptions());
        order(page, "4");
        page.navigate(root.toString());
        order(page, "5");

        assertThat(page.getByText("One video before it")).isVisible();
        assertThat(page.locator(".facts")).containsText("Queued, 1 video before it");
        services.library.delete(Principal.ANONYMOUS, services.ordered.get(0).getVideoId());
        assertThat(page.getByText("Imagining the first second")).isVisible();
    }

    @Test
    void a_cancelled_video_says_so_and_keeps_what_there_is() {
        Page page = home(new NewContextOptions());
        String id = order(page, "9");
        services.grow(id, 0, false);
        assertThat(page.getByText("Download so far")).isVisible();

        page.click("text=Cancel");

        assertThat(page.locator(".facts")).containsText("Cancelled after 1 s");
        assertThat(page.getByText("Cancel", new Page.GetByTextOptions().setExact(true)))
                .isHidden();
        assertThat(services.cancelled).containsExactly(id);
        assertThat(page.getByText("Download", new Page.GetByTextOptions().setExact(true)))
                .hasAttribute("href", "v1/videos/" + id + "/content");
    }

    @Test
    void a_video_is_deleted_only_when_asked_twice() throws IOException {
        Page page = home(new NewContextOptions());
        String id = order(page, "1");
        services.grow(id, 0, true);
        page.click(".video__actions > .quiet");
        Accessibility.check(page);
        page.click("text=Keep it");
        assertThat(services.library.videos().find(id)).isPresent();

        page.click(".video__actions > .quiet");
        page.click("dialog .danger");

        assertThat(page.getByText("None yet.")).isVisible();
        assertThat(services.library.videos().find(id)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FFV1", "RAW"})
    void a_lossless_video_says_that_a_browser_cannot_play_it_and_is_downloaded_under_its_own_name(Codec codec) {
        String id = services.order(1);
        services.grow(id, 0, true, codec);
        Page page = home(new NewContextOptions());
        assertThat(page.locator(".card")).hasCount(1);
        assertThat(page.locator(".card img")).hasCount(codec == Codec.RAW ? 0 : 1);

        page.locator(".card").click();

        assertThat(page.locator(".screen__told")).containsText("Lossless");
        assertThat(page.locator(".screen__veil--waiting")).hasCount(0);
        assertThat(page.locator("a.button")).hasAttribute("download", Pattern.compile(".*\\" + codec.extension()));
        if (codec == Codec.FFV1) {
            page.goBack();
            page.waitForFunction("() => document.querySelector('.card img')?.naturalWidth > 0");
        }
        assertThat(asked).noneMatch(address -> address.contains("m3u8"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void the_gallery_shows_videos_as_they_come() throws IOException {
        Page page = home(new NewContextOptions());
        String id = order(page, "4");
        services.grow(id, 0, false);
        page.click("text=Longtake");

        Locator card = page.locator(".card");
        assertThat(card).containsText("a drive");
        assertThat(card).containsText("1 s of 4 s");
        page.waitForFunction("() => document.querySelector('.card img')?.naturalWidth === 64");
        services.grow(id, 1, false);
        assertThat(card).containsText("2 s of 4 s");
        Accessibility.check(page);
        card.click();
        assertThat(page.locator("h1")).hasText("a drive");
    }

    @Test
    void a_prompt_is_text_and_nothing_else() {
        Page page = home(new NewContextOptions());
        page.fill("#prompt", "<img src=/x onerror=\"document.title='broken in'\"><b>night</b>");
        page.click("text=Make the video");

        assertThat(page.locator("h1")).hasText("<img src=/x onerror=\"document.title='broken in'\"><b>night</b>");
        page.click("text=Longtake");
        assertThat(page.locator(".card")).containsText("<b>night</b>");
        assertThat(page).not().hasTitle("broken in");
    }

    @Test
    void a_video_that_is_not_there_is_told_as_that() throws IOException {
        Page page = home(new NewContextOptions());
        page.navigate(root + "#/videos/00000000-0000-0000-0000-000000000000");

        assertThat(page.locator("h1")).hasText("There is no such video");
        assertThat(page.locator("video")).isHidden();
        Accessibility.check(page);
        complaints.clear(); // the browser says 404
    }

    @Test
    void a_telephone_needs_no_scrolling_sideways() throws IOException {
        Page page = home(new NewContextOptions().setViewportSize(360, 740).setHasTouch(true));
        assertThat(width(page)).isLessThanOrEqualTo(360);
        page.fill("#prompt", "an_endless_word_".repeat(30));
        page.click("text=Make the video");
        assertThat(page.locator(".video__title")).isVisible();
        services.grow(services.ordered.get(0).getVideoId(), 0, false);

        assertThat(page.getByText("Play now")).isVisible();
        assertThat(width(page)).isLessThanOrEqualTo(360);
        Accessibility.check(page);
        page.click("text=Longtake");
        assertThat(page.locator(".card img")).isVisible();
        assertThat(width(page)).isLessThanOrEqualTo(360);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void it_is_light_by_day_and_dark_by_night(ColorScheme scheme) throws IOException {
        Page page = home(new NewContextOptions().setColorScheme(scheme));
        String paper = (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
        double red = Double.parseDouble(paper.replaceAll("rgb\\((\\d+),.*", "$1"));

        assertThat(red).satisfies(value -> assertThat(value < 128).isEqualTo(scheme == ColorScheme.DARK));
        String id = order(page, "3");
        services.grow(id, 0, false);
        assertThat(page.getByText("Play now")).isVisible();
        Accessibility.check(page);
    }

    @Test
    void nothing_is_asked_of_anybody_else_and_the_browser_would_not_let_it() {
        Page page = home(new NewContextOptions());
        String id = order(page, "1");
        services.grow(id, 0, true);
        assertThat(page.locator(".facts")).containsText("Complete");
        page.waitForFunction("() => document.querySelector('video').readyState > 1");

        assertThat(asked).isNotEmpty().allSatisfy(url -> assertThat(url.replaceFirst("^blob:", ""))
                .startsWith(root.toString()));
        assertThat(page.request().get(root.toString()).headers())
                .containsEntry("content-security-policy", PageHeaders.POLICY)
                .containsEntry("cache-control", "no-cache");
        assertThat(complaints).isEmpty();

        page.evaluate("() => fetch('https://example.org/').catch(() => {})");
        page.waitForCondition(() -> !complaints.isEmpty());
        assertThat(complaints.toString()).contains("Content Security Policy");
    }

    @Test
    void words_that_the_model_does_not_know_are_named_and_examples_have_none() throws IOException {
        Page page = home(new NewContextOptions());
        page.fill("#prompt", "An empty road, with a Unicorn in fog");
        assertThat(page.locator(".composer__unknown"))
                .hasText("Words that the model does not know, and passes over: with, unicorn");

        page.click("text=an empty road in fog");

        assertThat(page.locator("#prompt")).hasValue("an empty road in fog");
        assertThat(page.locator(".composer__unknown")).isEmpty();
        page.click("text=The 8 words that this model knows");
        assertThat(page.getByText("a, an, drive, empty, fog, in, road, walk")).isVisible();
        Accessibility.check(page);
    }

    @Test
    void a_video_is_ordered_again_with_another_seed() {
        Page page = home(new NewContextOptions());
        page.fill("#seed", "-1");
        String first = order(page, "1");

        page.click("text=Again with another seed");
        page.waitForURL(url -> !url.endsWith(first) && url.contains("#/videos/"));

        assertThat(services.ordered).hasSize(2);
        assertThat(services.ordered.get(1).getSeconds()).isEqualTo(1);
        assertThat(Scenes.first(services.ordered.get(1)).getPrompt()).isEqualTo("a drive");
        assertThat(Scenes.first(services.ordered.get(1)).getSeed()).isNotNegative();
    }

    @Test
    void a_page_finds_its_server_again() {
        Page page = home(new NewContextOptions());
        String id = order(page, "1");
        page.route("**/v1/**", com.microsoft.playwright.Route::abort);
        page.reload();
        assertThat(page.getByText("The server does not answer. Trying again.")).isVisible();
        page.unroute("**/v1/**");
        assertThat(page.locator(".video__title")).hasText("a drive");
        services.grow(id, 0, true);
        assertThat(page.locator(".facts")).containsText("Complete");

        page.route("**/v1/**", com.microsoft.playwright.Route::abort);
        page.click("text=Again with another seed");
        assertThat(page.getByText("The server does not answer. Trying again.")).isVisible();
        page.unroute("**/v1/**");
        assertThat(page.getByText("The server does not answer. Trying again.")).isHidden();

        page.route("**/v1/**", com.microsoft.playwright.Route::abort);
        page.navigate(root + "#/");
        assertThat(page.locator(".composer__note")).hasText("The server does not answer. Trying again.");
        page.unroute("**/v1/**");
        assertThat(page.locator("#model")).hasValue("drive");
        assertThat(page.locator(".composer__note")).isEmpty();
    }

    @Test
    void the_stages_are_above_the_fold_of_a_small_desk() {
        Page page = home(new NewContextOptions().setViewportSize(1280, 800));
        String id = order(page, "4");
        services.work(id, "keyframes", 48, "worker-1");
        services.grow(id, 0, false);
        assertThat(page.locator(".facts")).containsText("1 s of 4 s");

        var stages = page.locator(".tracks").boundingBox();

        assertThat(stages.y + stages.height).isLessThanOrEqualTo(800);
        assertThat(width(page)).isLessThanOrEqualTo(1280);
    }

    private Page home(NewContextOptions options) {
        window = browser.window(options);
        window.setDefaultTimeout(90_000);
        window.onRequest(request -> asked.add(request.url()));
        Page page = window.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(root.toString());
        assertThat(page.locator("#model")).hasValue("drive");
        return page;
    }

    /** A video of "a drive"; the page then shows it. */
    private String order(Page page, String seconds) {
        assertThat(page.locator("#model")).hasValue("drive");
        page.fill("#prompt", "a drive");
        page.fill("#seconds", seconds);
        page.click("text=Make the video");
        assertThat(page.locator(".video__title")).hasText("a drive");
        assertThat(page.locator("video-page[data-follows]")).isVisible();
        return services.ordered.get(services.ordered.size() - 1).getVideoId();
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    private static boolean paused(Page page) {
        return (boolean) page.evaluate("() => document.querySelector('video').paused");
    }

    private static int width(Page page) {
        return (int) page.evaluate("() => document.documentElement.scrollWidth");
    }
}
