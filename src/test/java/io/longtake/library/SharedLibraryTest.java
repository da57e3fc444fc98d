package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.DeleteEvent;
import io.longtake.event.FragmentChunk;
import io.longtake.event.Principal;
import io.longtake.event.VideoEventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that share a store, each as far as it has read. */
class SharedLibraryTest {

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final Records records = new Records(id);
    private VideoStore store;
    private Library ahead;
    private Library behind;

    @BeforeEach
    void open() {
        store = new LocalVideoStore(folder);
        ahead = new Library(store);
        behind = new Library(store);
    }

    @Test
    void one_that_has_read_less_hides_nothing() {
        ahead.take(records.prompt("a drive"), 1_000);
        ahead.take(records.accepted(24, 24), 10);
        ahead.take(records.event(VideoEventKind.FINISHED, 24), 12);
        ahead.save();
        behind.take(records.prompt("a drive"), 1_000);
        behind.take(records.accepted(24, 24), 10);
        behind.save();

        VideoHistory stored = new Library(store).videos().find(id).orElseThrow().history();

        assertThat(stored).isEqualTo(ahead.videos().find(id).orElseThrow().history());
        assertThat(stored.status()).isEqualTo(VideoHistory.Status.FINISHED);
    }

    @Test
    void what_each_has_read_of_another_topic_comes_together() {
        ahead.take(records.accepted(24, 24), 10);
        ahead.take(records.event(VideoEventKind.STITCHED, 24), 11);
        ahead.save();
        behind.take(records.prompt("a drive"), 1_000);
        behind.take(records.accepted(24, 24), 10);
        behind.save();

        VideoHistory stored = new Library(store).videos().find(id).orElseThrow().history();

        assertThat(stored.status()).isEqualTo(VideoHistory.Status.RUNNING);
        assertThat(stored.details().prompt()).isEqualTo("a drive");
        assertThat(stored.createdAt()).isEqualTo(1_000);
    }

    @Test
    void whoever_knows_more_drops_what_it_has_taken_in() {
        ahead.take(records.accepted(24, 24), 10);
        ahead.save();
        behind.take(records.prompt("a drive"), 1_000);
        behind.save();
        assertThat(store.listing(id).documents()).containsExactlyInAnyOrder("video.11.0.json", "video.0.1.json");

        Library third = new Library(store);
        third.take(records.event(VideoEventKind.STITCHED, 24), 11);
        third.save();

        assertThat(store.listing(id).documents()).containsExactly("video.12.1.json");
    }

    @Test
    void a_document_that_was_dropped_while_it_was_listed_is_found_under_its_new_name() {
        ahead.take(records.accepted(24, 24), 10);
        ahead.save();
        StoreListing old = store.listing(id);
        ahead.take(records.event(VideoEventKind.STITCHED, 24), 11);
        ahead.save();

        assertThat(new VideoDocuments(store).read(id, old))
                .hasValueSatisfying(history -> assertThat(history.lastEvent()).isEqualTo(11));
    }

    @Test
    void a_library_of_an_earlier_version_is_read() {
        ahead.take(records.prompt("a drive"), 1_000);
        VideoHistory history = ahead.videos().find(id).orElseThrow().history();
        store.write(id, "video.json", VideoJson.write(history));

        Library later = new Library(store);
        assertThat(later.videos().find(id).orElseThrow().history()).isEqualTo(history);

        later.take(records.accepted(24, 24), 10);
        later.save();
        assertThat(store.listing(id).documents()).containsExactly("video.11.1.json");
    }

    @Test
    void a_document_that_is_broken_hides_no_other() {
        ahead.take(records.accepted(24, 24), 10);
        ahead.save();
        store.write(id, "video.99.1.json", "{".getBytes(StandardCharsets.UTF_8));

        assertThat(new Library(store).videos().find(id).orElseThrow().history().lastEvent())
                .isEqualTo(10);
    }

    @Test
    void a_deletion_is_told_before_anything_goes() {
        List<String> told = new ArrayList<>();
        Library library = new Library(store, (asker, videoId) -> told.add(videoId));
        library.take(records.header(), 0);

        library.delete(Principal.ANONYMOUS, id);

        assertThat(told).containsExactly(id);
        assertThat(store.deleted()).containsExactly(id);

        Library alone = new Library(store, (asker, videoId) -> {
            throw new IllegalStateException("Kafka is away");
        });
        String another = UUID.randomUUID().toString();
        alone.take(new Records(another).header(), 0);
        assertThatThrownBy(() -> alone.delete(Principal.ANONYMOUS, another)).isInstanceOf(IllegalStateException.class);
        assertThat(alone.videos().find(another)).as("nothing happened").isPresent();
    }

    @Test
    void a_deletion_that_is_heard_takes_the_video_from_memory_and_wakes_its_viewers() {
        behind.take(records.header(), 0);
        CompletableFuture<Optional<LibraryVideo>> viewer =
                behind.videos().await(id, video -> false, Duration.ofMinutes(1));

        behind.take(new DeleteEvent(id));

        assertThat(viewer).isCompletedWithValue(Optional.empty());
        assertThat(behind.wasDeleted(id)).isTrue();
        behind.take(records.segment(0, 24, true), 0);
        assertThat(behind.videos().all()).isEmpty();
    }

    @Test
    void what_one_wrote_before_it_heard_of_the_deletion_goes_when_it_hears() {
        ahead.delete(Principal.ANONYMOUS, id);
        behind.take(records.header(), 0);
        assertThat(store.fragments(id)).hasSize(1);

        behind.take(new DeleteEvent(id));

        assertThat(store.fragments(id)).isEmpty();
    }

    @Test
    void positions_are_those_of_before_the_videos_were_read() {
        new Positions("one", Map.of("longtake.videos-0", 5L)).keep(store);
        Library library = new Library(store);
        new Positions("one", Map.of("longtake.videos-0", 9L)).keep(store);

        assertThat(library.positions("one")).containsExactly(Map.entry("longtake.videos-0", 5L));
        assertThat(library.positions("another Kafka")).isEmpty();
    }

    @Test
    void a_fragment_of_many_records_is_kept_when_the_store_is_there_again() {
        AtomicBoolean away = new AtomicBoolean(true);
        Library library = new Library(unless(away));
        List<FragmentChunk> chunks = records.large();
        library.take(chunks.get(0), 0);
        assertThatThrownBy(() -> library.take(chunks.get(1), 0)).isInstanceOf(UncheckedIOException.class);

        away.set(false);
        library.take(chunks.get(1), 0);

        assertThat(library.videos().find(id).orElseThrow().fragments().next()).isEqualTo(1);
        assertThat(store.fragments(id)).hasSize(1);
    }

    private VideoStore unless(AtomicBoolean away) {
        return (VideoStore) Proxy.newProxyInstance(
                VideoStore.class.getClassLoader(), new Class<?>[] {VideoStore.class}, (proxy, method, args) -> {
                    if (away.get() && method.getName().equals("put")) {
                        throw new UncheckedIOException(new IOException("the store is away"));
                    }
                    return method.invoke(store, args);
                });
    }
}
