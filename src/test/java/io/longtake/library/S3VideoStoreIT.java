package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3VideoStoreIT extends VideoStoreContract {

    @TempDir
    private static Path folder;

    private static S3Server server;

    private final String prefix = UUID.randomUUID() + "/library/";
    private final List<S3VideoStore> opened = new ArrayList<>();

    @BeforeAll
    static void serve() {
        server = S3Server.start(folder);
    }

    @AfterAll
    static void serveNoMore() {
        server.close();
    }

    @AfterEach
    void close() {
        opened.forEach(S3VideoStore::close);
    }

    @Override
    VideoStore open() {
        S3VideoStore one = S3VideoStore.open(server.place(prefix), Patience.none());
        opened.add(one);
        return one;
    }

    @Test
    void a_fragment_is_never_written_over() {
        put(HEADER, 1, 2, 3);

        open().put(id, HEADER, new byte[] {9, 9, 9});

        assertThat(open().read(id, HEADER, 0, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void a_listing_has_as_many_pages_as_it_needs() {
        List<StoredFragment> video = IntStream.rangeClosed(0, 1_100)
                .mapToObj(number -> new StoredFragment(number, 24L * number, 24, "mp4", false, 1))
                .toList();
        InParallel.forEach(video, fragment -> store.put(id, fragment, new byte[1]));

        assertThat(store.fragments(id)).isEqualTo(video);

        store.delete(id);
        assertThat(store.fragments(id)).isEmpty();
    }

    @Test
    void nothing_is_left_of_the_trial_at_the_start() {
        assertThat(server.bucket().resolve(prefix + "probe")).doesNotExist();
    }

    @Test
    void what_a_killed_store_had_begun_to_write_hides_nothing() throws IOException {
        put(HEADER, 1, 2, 3);
        Path video = server.bucket().resolve(prefix + "films/" + id);

        server.stop();
        Files.write(video.resolve(FIRST.fileName() + "-" + UUID.randomUUID()), new byte[] {4, 5});
        server.start();

        assertThat(store.fragments(id)).containsExactly(HEADER);
    }

    @Test
    void a_bucket_that_is_not_there_is_named() {
        S3Location nowhere = new S3Location("nowhere", "", Optional.of(server.endpoint()), Optional.empty(), true);

        assertThatThrownBy(() -> S3VideoStore.open(nowhere, Patience.none()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("there is no bucket nowhere at http://127.0.0.1:")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_store_that_does_not_answer_is_named() {
        S3Location nobody = S3Location.parse("s3://videos/a?endpoint=http://127.0.0.1:1");

        assertThatThrownBy(() -> S3VideoStore.open(nobody, Patience.none()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write s3://videos/a/probe: no answer at http://127.0.0.1:1 (")
                .hasMessageNotContaining("\n");
    }

    @Test
    void credentials_that_are_not_accepted_are_told() {
        String right = System.setProperty("aws.secretAccessKey", "another");
        try {
            assertThatThrownBy(this::open)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("403 SignatureDoesNotMatch")
                    .hasMessageContaining("PutObject")
                    .hasMessageNotContaining("\n");
        } finally {
            System.setProperty("aws.secretAccessKey", right);
        }
    }
}
