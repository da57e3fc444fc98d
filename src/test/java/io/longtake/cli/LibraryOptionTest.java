package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.library.LocalVideoStore;
import io.longtake.library.Patience;
import io.longtake.library.VideoStore;
import io.longtake.platform.DataDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LibraryOptionTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final Opening opening = new Opening();

    @Command(name = "open")
    private final class Opening implements Callable<Integer> {

        @Mixin
        private LibraryOption library;

        private VideoStore store;

        @Override
        public Integer call() {
            store = library.open(new DataDirectory(folder), Patience.none());
            return 0;
        }
    }

    @Test
    void videos_lie_in_the_data_directory_unless_said() {
        assertThat(open()).isZero();

        assertThat(opening.store).isInstanceOf(LocalVideoStore.class);
        assertThat(folder.resolve("library/films")).isDirectory();
    }

    @Test
    void videos_lie_in_a_directory_that_is_named() {
        assertThat(open("--library", folder.resolve("elsewhere").toString())).isZero();

        assertThat(folder.resolve("elsewhere/films")).isDirectory();
        assertThat(folder.resolve("library")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:videos", "s3://F", "s3://videos?colour=blue", "gs://videos", "http://localhost/videos"})
    void an_address_that_is_none_is_wrong_use_told_in_one_line(String address) {
        assertThat(open("--library", address)).isEqualTo(2);

        assertThat(said.toString()).hasLineCount(1).contains("--library").contains("s3://BUCKET/PREFIX");
    }

    @Test
    void a_bucket_that_cannot_be_reached_is_told_in_one_line() {
        System.setProperty("aws.accessKeyId", "longtake");
        System.setProperty("aws.secretAccessKey", "long-secret");

        assertThat(open("--library", "s3://videos?endpoint=http://127.0.0.1:1")).isEqualTo(1);

        assertThat(said.toString())
                .hasLineCount(1)
                .contains("cannot write s3://videos/probe: no answer at http://127.0.0.1:1");
    }

    private int open(String... args) {
        return new CommandLine(opening)
                .setErr(new PrintWriter(said, true))
                .setParameterExceptionHandler(Complaints::misused)
                .setExecutionExceptionHandler(Complaints::failed)
                .execute(args);
    }
}
