package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that start while their object store does not serve. */
class S3StartIT {

    /** The SDK asks three times by itself; so this is one more than it takes on its own. */
    private static final int MORE_THAN_THE_SDK = 4;

    @TempDir
    private static Path folder;

    private static S3Server s3;

    private final String prefix = UUID.randomUUID() + "/";
    private final String id = UUID.randomUUID().toString();
    private final Records records = new Records(id);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Patience patience = new WaitingForStore(told::add, () -> 0, pause -> {});
    private S3Front front;

    @BeforeAll
    static void serve() {
        s3 = S3Server.start(folder);
    }

    @AfterAll
    static void serveNoMore() {
        s3.close();
    }

    @BeforeEach
    void standBefore() {
        front = S3Front.before(s3);
    }

    @AfterEach
    void stepAside() {
        front.close();
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown"})
    void one_whose_store_does_not_serve_yet_waits_says_so_and_serves(int status, String code) {
        front.refusesAtFirst(status, code, MORE_THAN_THE_SDK);

        try (S3VideoStore store = S3VideoStore.open(front.place(prefix), patience)) {
            front.passesOn();
            store.note("positions.json", new byte[] {1});
            assertThat(store.note("positions.json")).hasValue(new byte[] {1});
        }

        assertThat(told.get(0))
                .isEqualTo("waiting for the store: cannot write s3://videos/" + prefix + "probe: the store says "
                        + status + " " + code + ": so it is");
        assertThat(told).endsWith("the store answers, after 0 s");
    }

    /** With a video, so that it reads all that there is to read: positions, deletions, videos, listings, documents. */
    @Test
    void whatever_it_asks_of_the_store_while_it_starts_it_waits_for() {
        StoredFragment header;
        try (S3VideoStore before = S3VideoStore.open(s3.place(prefix), Patience.none())) {
            Library library = new Library(before);
            library.take(records.prompt("a drive"), 1_000);
            library.take(records.header(), 0);
            library.save();
            new Positions("one", Map.of("longtake.videos-0", 5L)).keep(before);
            header = before.fragments(id).get(0);
        }
        front.refusesAtFirst(500, "InternalError", MORE_THAN_THE_SDK);

        try (S3VideoStore store = S3VideoStore.open(front.place(prefix), patience)) {
            Library library = new Library(store, (asker, videoId) -> {}, patience);

            assertThat(library.positions("one")).containsEntry("longtake.videos-0", 5L);
            LibraryVideo video = library.videos().find(id).orElseThrow();
            assertThat(video.fragments().all()).containsExactly(header);
            assertThat(video.history().details().prompt()).isEqualTo("a drive");
        }
        assertThat(told)
                .anyMatch(line -> line.contains("cannot write s3://videos/" + prefix + "probe"))
                .anyMatch(line -> line.contains("cannot read s3://videos/" + prefix + "positions.json"))
                .anyMatch(line -> line.contains("cannot list s3://videos/" + prefix + "deleted/"))
                .anyMatch(line -> line.contains("cannot list s3://videos/" + prefix + "films/:"))
                .anyMatch(line -> line.contains("cannot list s3://videos/" + prefix + "films/" + id + "/:"));
    }

    @Test
    void one_that_runs_is_told_at_once_that_the_store_is_away() {
        try (S3VideoStore store = S3VideoStore.open(front.place(prefix), patience)) {
            Library library = new Library(store, (asker, videoId) -> {}, patience);
            front.refuses(500, "InternalError");

            assertThatThrownBy(() -> library.take(records.header(), 0))
                    .isInstanceOf(PassingFaultException.class)
                    .hasMessageContaining("500 InternalError");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void one_that_starts_before_its_store_waits_for_it() {
        s3.stop();
        Patience untilItRuns = new WaitingForStore(told::add, () -> 0, pause -> s3.start());

        try (S3VideoStore store = S3VideoStore.open(s3.place(prefix), untilItRuns)) {
            assertThat(store.videos()).isEmpty();
        }

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("no answer at " + s3.endpoint() + " (Connection refused)");
    }

    @ParameterizedTest
    @CsvSource({
        "301, PermanentRedirect, does the bucket lie in another region?",
        "400, AuthorizationHeaderMalformed, does the bucket lie in another region?",
        "401, Unauthorized, the credentials need ListBucket",
        "403, AccessDenied, the credentials need ListBucket",
        "404, NoSuchBucket, there is no bucket videos",
        "501, NotImplemented, the store says 501 NotImplemented"
    })
    void one_that_asks_for_what_it_will_never_get_ends_and_says_why(int status, String code, String why) {
        front.refuses(status, code);

        assertThatThrownBy(() -> S3VideoStore.open(front.place(prefix), patience))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");

        assertThat(told).isEmpty();
    }

    @Test
    void one_that_is_interrupted_while_it_waits_ends() {
        front.refuses(500, "InternalError");
        Patience interrupted = new WaitingForStore(told::add, () -> 0, pause -> {
            Thread.currentThread().interrupt();
            Thread.sleep(Duration.ofDays(1).toMillis());
        });

        assertThatThrownBy(() -> S3VideoStore.open(front.place(prefix), interrupted))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("interrupted while waiting for the store: cannot write s3://videos/");

        assertThat(Thread.interrupted()).as("whoever called knows it, too").isTrue();
        assertThat(told).hasSize(1);
    }
}
