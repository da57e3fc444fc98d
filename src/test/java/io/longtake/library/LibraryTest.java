package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.DeleteEvent;
import io.longtake.event.FragmentChunk;
import io.longtake.event.Principal;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEventKind;
import io.longtake.payload.CorruptPayloadException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final Records records = new Records(id);
    private VideoStore store;
    private Library library;

    @BeforeEach
    void open() {
        store = new LocalVideoStore(folder);
        library = new Library(store);
    }

    @Test
    void what_was_sent_from_here_is_known_before_it_is_read_and_no_other_afterwards() {
        LibraryVideo sent = library.sent(records.prompt("a drive"), 1_000);
        assertThat(video()).isEqualTo(sent);
        assertThat(sent.status()).isEqualTo(VideoHistory.Status.QUEUED);

        library.take(records.prompt("a drive"), 1_000);

        assertThat(video().history()).isEqualTo(sent.history());
    }

    @Test
    void what_was_read_before_the_sender_hears_of_it_stays() {
        library.take(records.accepted(48, 24), 10);
        LibraryVideo known = library.sent(records.prompt("a drive"), 1_000);
        assertThat(known.history().totalFrames()).isEqualTo(48);
        assertThat(known.history().details().prompt()).isEqualTo("a drive");

        library.take(records.prompt("a drive"), 1_000);
        LibraryVideo read = video();

        assertThat(library.sent(records.prompt("a walk"), 2_000)).isEqualTo(read);
    }

    @Test
    void a_video_that_was_deleted_while_it_was_sent_stays_away() {
        library.take(new DeleteEvent(id));

        library.sent(records.prompt("a drive"), 1_000);

        assertThat(library.videos().find(id)).isEmpty();
    }

    @Test
    void of_what_nobody_reads_only_so_much_is_kept() {
        for (int i = 0; i < Library.MAX_UNREAD; i++) {
            library.sent(new Records(UUID.randomUUID().toString()).prompt("a drive"), i);
        }

        LibraryVideo told = library.sent(records.prompt("a drive"), 1_000);

        assertThat(told.history().details().prompt()).isEqualTo("a drive");
        assertThat(library.videos().find(id)).isEmpty();
        library.take(records.prompt("a drive"), 1_000);
        assertThat(library.videos().find(id)).isPresent();
    }

    @Test
    void a_video_grows_fragment_by_fragment_until_its_last() {
        library.take(records.prompt("a drive"), 1_000);
        library.take(records.accepted(48, 24), 10);
        library.take(records.header(), 0);
        library.take(records.segment(0, 24, false), 0);

        assertThat(video().fragments().frames()).isEqualTo(24);
        assertThat(video().over()).isFalse();

        library.take(records.event(VideoEventKind.FINISHED, 48), 11);
        assertThat(video().status()).as("not before the last fragment is here").isEqualTo(VideoHistory.Status.RUNNING);

        library.take(records.segment(1, 24, true), 0);
        assertThat(video().status()).isEqualTo(VideoHistory.Status.FINISHED);
        assertThat(video().over()).isTrue();
        assertThat(video().history().createdAt()).isEqualTo(1_000);
        assertThat(store.read(id, video().fragments().all().get(2), 0, 2)).isEqualTo(Records.bytes(2));
    }

    @Test
    void history_that_comes_again_changes_nothing() {
        List<FragmentChunk> video =
                List.of(records.header(), records.segment(0, 24, false), records.segment(1, 24, true));
        library.take(records.prompt("a drive"), 1_000);
        library.take(records.accepted(48, 24), 10);
        video.forEach(record -> library.take(record, 0));
        library.take(records.event(VideoEventKind.FINISHED, 48), 11);
        LibraryVideo before = video();

        library.take(records.prompt("another drive"), 2_000);
        library.take(records.accepted(48, 24), 10);
        video.forEach(record -> library.take(record, 0));
        library.take(records.event(VideoEventKind.FINISHED, 48), 11);

        assertThat(video()).isEqualTo(before);
    }

    @Test
    void topics_may_be_read_in_any_order() {
        library.take(records.header(), 500);
        library.take(records.segment(0, 24, true), 500);
        library.take(records.accepted(24, 24), 10);
        library.take(records.event(VideoEventKind.FINISHED, 24), 11);
        library.take(records.prompt("a drive"), 400);

        assertThat(video().status()).isEqualTo(VideoHistory.Status.FINISHED);
        assertThat(video().history().details().prompt()).isEqualTo("a drive");
        assertThat(video().history().createdAt()).isEqualTo(400);
    }

    @Test
    void the_gallery_is_there_after_a_restart() {
        library.take(records.prompt("a drive"), 1_000);
        library.take(records.accepted(24, 24), 10);
        library.take(records.header(), 0);
        library.take(records.segment(0, 24, true), 0);
        library.take(records.event(VideoEventKind.FINISHED, 24), 11);
        library.save();
        LibraryVideo before = video();

        library = new Library(new LocalVideoStore(folder));

        assertThat(video().history()).isEqualTo(before.history());
        assertThat(video().fragments()).isEqualTo(before.fragments());
        assertThat(video().remembers(10))
                .as("what happened before is told as it stands")
                .isFalse();
        assertThat(video().remembers(11)).isTrue();
    }

    @Test
    void a_deleted_video_does_not_come_back() {
        library.take(records.prompt("a drive"), 1_000);
        library.take(records.header(), 0);

        library.delete(Principal.ANONYMOUS, id);
        library.take(records.prompt("a drive"), 1_000);
        library.take(records.segment(0, 24, true), 0);
        assertThat(library.videos().find(id)).isEmpty();

        library = new Library(new LocalVideoStore(folder));
        library.take(records.prompt("a drive"), 1_000);
        library.take(records.header(), 0);

        assertThat(library.videos().all()).isEmpty();
        assertThat(library.wasDeleted(id)).isTrue();
        assertThat(store.fragments(id)).isEmpty();
    }

    @Test
    void a_cancelled_video_is_over_when_everything_that_was_stitched_is_here() {
        library.take(records.accepted(240, 24), 10);
        library.take(records.event(VideoEventKind.CANCELLED, 24), 11);
        library.take(records.header(), 0);
        assertThat(video().over()).isFalse();

        library.take(records.segment(0, 24, false), 0);
        assertThat(video().over()).isTrue();

        library.take(records.segment(1, 24, false), 0);
        assertThat(video().fragments().frames()).as("an end is an end").isEqualTo(24);
    }

    @Test
    void fragments_behind_a_gap_are_of_no_use() {
        library.take(records.header(), 0);
        library.take(records.segment(1, 24, true), 0);

        assertThat(video().fragments().next()).isEqualTo(1);
    }

    @Test
    void a_damaged_record_is_refused_and_a_whole_copy_taken() {
        FragmentChunk whole = records.header();
        FragmentChunk damaged = FragmentChunk.newBuilder(whole)
                .setData(ByteBuffer.wrap(new byte[] {9, 9}))
                .build();

        assertThatThrownBy(() -> library.take(damaged, 0)).isInstanceOf(CorruptPayloadException.class);
        library.take(whole, 0);

        assertThat(video().fragments().next()).isEqualTo(1);
    }

    @Test
    void a_fragment_of_many_records_is_joined_and_a_broken_off_copy_begun_again() {
        List<FragmentChunk> chunks = records.large();
        library.take(chunks.get(0), 0);
        library.take(chunks.get(0), 0);
        library.take(chunks.get(1), 0);

        assertThat(video().fragments().bytes())
                .isEqualTo(chunks.stream()
                        .mapToLong(chunk -> chunk.getData().remaining())
                        .sum());
    }

    @Test
    void ids_that_are_none_are_passed_over() {
        library.take(new Records("../../etc").prompt("a drive"), 0);

        assertThat(library.videos().all()).isEmpty();
    }

    @Test
    void whoever_waits_is_woken_by_the_fragment_and_nobody_is_forgotten() {
        CompletableFuture<Optional<LibraryVideo>> viewer =
                library.videos().await(id, video -> video.fragments().playable(), LONG);
        library.take(records.header(), 0);
        assertThat(viewer).isNotDone();

        library.take(records.segment(0, 24, false), 0);

        assertThat(viewer)
                .isCompletedWithValueMatching(
                        video -> video.orElseThrow().fragments().playable());
        assertThat(library.videos().waiting()).isZero();
    }

    @Test
    void a_prompt_that_was_refused_and_is_sent_again_corrected_is_what_was_asked_for() {
        library.take(records.prompt("wrong"), 4_000);
        library.take(records.event(VideoEventKind.FAILED, 0), 10);
        assertThat(video().status()).isEqualTo(VideoHistory.Status.FAILED);

        library.take(records.prompt("right"), 5_000);
        library.take(records.accepted(48, 24), 11);

        assertThat(video().status()).isEqualTo(VideoHistory.Status.QUEUED);
        assertThat(video().over()).isFalse();
        assertThat(video().history().message()).isEmpty();
        assertThat(video().history().endedAt()).isZero();
        assertThat(video().history().details().prompt()).isEqualTo("right");
        assertThat(video().history().createdAt()).isEqualTo(5_000);
    }

    @Test
    void that_a_prompt_was_refused_is_no_news_once_it_was_accepted() {
        library.take(records.event(VideoEventKind.FAILED, 0), 10);
        assertThat(video().after(-1))
                .hasValueSatisfying(news -> assertThat(news.id()).isEqualTo(10));

        library.take(records.accepted(48, 24), 11);

        assertThat(video().after(-1))
                .hasValueSatisfying(news -> assertThat(news.id()).isEqualTo(11));
    }

    @Test
    void what_was_asked_for_is_what_was_accepted_in_whatever_order_topics_are_read() {
        library.take(records.event(VideoEventKind.FAILED, 0), 10);
        library.take(records.accepted(48, 24), 11); // at 5,000: the time of its prompt

        library.take(records.prompt("wrong"), 4_000);
        library.take(records.prompt("right"), 5_000);
        library.take(records.prompt("too late"), 6_000);

        assertThat(video().history().details().prompt()).isEqualTo("right");
    }

    @Test
    void a_fragment_is_kept_though_only_the_refusal_of_an_earlier_prompt_was_read() {
        library.take(records.event(VideoEventKind.FAILED, 0), 10);

        library.take(records.header(), 0);
        library.take(records.accepted(48, 24), 11);
        library.take(records.segment(0, 24, false), 0);

        assertThat(video().fragments().frames()).isEqualTo(24);
    }

    @Test
    void a_corrected_prompt_outlives_a_restart_also_when_nothing_else_has_happened() {
        library.take(records.prompt("wrong"), 4_000);
        library.take(records.event(VideoEventKind.FAILED, 0), 10);
        library.save();
        library.take(records.prompt("right"), 5_000);
        library.save();

        library = new Library(store);

        assertThat(video().history().details().prompt()).isEqualTo("right");
        assertThat(store.listing(id).documents()).containsExactly("video.11.2.json");
    }

    @Test
    void events_that_lack_a_part_or_say_what_cannot_be_are_refused_with_the_field() {
        assertThatThrownBy(() -> library.take(records.event(VideoEventKind.STAGE_DONE, 24), 10))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("stage: expected one with STAGE_DONE, got none");
        assertThatThrownBy(() -> library.take(records.event(VideoEventKind.STITCHED, -1), 10))
                .hasMessageContaining("frames: expected at least 0, got -1");
        assertThat(library.videos().find(id)).isEmpty();
    }

    @Test
    void a_prompt_of_a_megabyte_is_kept_in_part() {
        library.take(records.prompt("x".repeat(1_000_000)), 1_000);

        assertThat(video().history().details().prompt()).hasSize(10_000);
    }

    @Test
    void a_chunk_that_contradicts_its_fragments_first_one_does_not_spoil_the_true_one() {
        List<FragmentChunk> chunks = records.large();
        library.take(chunks.get(0), 0);
        FragmentChunk forged =
                FragmentChunk.newBuilder(chunks.get(1)).setContainer("matroska").build();
        assertThatThrownBy(() -> library.take(forged, 0))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("expected what chunk 0 says of it");

        library.take(chunks.get(1), 0);

        assertThat(video().fragments().has(0)).isTrue();
    }

    @Test
    void whoever_waits_for_what_is_there_does_not_wait_and_for_what_never_comes_not_for_ever() {
        library.take(records.header(), 0);

        assertThat(library.videos().await(id, video -> true, LONG)).isCompleted();
        assertThat(library.videos().await(id, video -> false, Duration.ZERO).join())
                .isPresent();
        assertThat(library.videos()
                        .await(UUID.randomUUID().toString(), video -> true, Duration.ZERO)
                        .join())
                .isEmpty();
        assertThat(library.videos().waiting()).isZero();
    }

    @Test
    void whoever_waits_for_a_video_that_is_deleted_is_told() {
        library.take(records.header(), 0);
        CompletableFuture<Optional<LibraryVideo>> viewer = library.videos().await(id, video -> false, LONG);

        library.delete(Principal.ANONYMOUS, id);

        assertThat(viewer).isCompletedWithValue(Optional.empty());
    }

    @Test
    void old_news_are_forgotten_and_whoever_missed_them_is_known() {
        library.take(records.accepted(24_000, 24), 1);
        for (int n = 2; n <= 600; n++) {
            library.take(records.event(VideoEventKind.STITCHED, n), n);
        }

        assertThat(video().news()).hasSize(512);
        assertThat(video().remembers(87)).isFalse();
        assertThat(video().remembers(88)).isTrue();
        assertThat(video().after(88))
                .hasValueSatisfying(event -> assertThat(event.id()).isEqualTo(89));
        assertThat(video().after(600)).isEmpty();
    }

    private LibraryVideo video() {
        return library.videos().find(id).orElseThrow();
    }
}
