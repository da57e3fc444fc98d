package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.library.LibraryVideo;
import io.longtake.video.VideoReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentFileTest {

    private static final int RATE = 24;

    @TempDir
    private Path folder;

    private FakeVideoServices services;
    private String id;

    @BeforeEach
    void order() {
        services = new FakeVideoServices(folder);
        id = services.order(5);
        services.grow(id, 0, false);
        services.grow(id, 1, false);
    }

    @Test
    void a_video_that_grows_is_its_fragments_and_says_how_long_it_is_going_to_be() {
        assertThat(content()).isEqualTo(fragments()).hasSize((int) new ContentFile(video()).length());
        assertThat(seconds(content())).isEqualTo(5);
    }

    @Test
    void a_cancelled_video_says_how_long_it_is_and_ends_with_its_index() throws IOException {
        byte[] grown = fragments();

        services.cancel(id);

        byte[] file = content();
        assertThat(seconds(file)).isEqualTo(2);
        assertThat(Arrays.copyOfRange(file, headerBytes(), grown.length))
                .isEqualTo(Arrays.copyOfRange(grown, headerBytes(), grown.length));
        ByteBuffer index = ByteBuffer.wrap(file, grown.length, file.length - grown.length);
        assertThat(index.getInt()).isEqualTo(file.length - grown.length);
        assertThat(new String(file, grown.length + 4, 4, StandardCharsets.ISO_8859_1))
                .isEqualTo("mfra");
        try (VideoReader reader = VideoReader.open(Files.write(folder.resolve("video.mp4"), file))) {
            for (int frame = 0; frame < 2 * RATE; frame++) {
                assertThat(reader.next()).isPresent();
            }
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void every_range_of_it_is_a_part_of_the_same_bytes() {
        services.cancel(id);
        byte[] file = content();

        for (int from : new int[] {0, 1, headerBytes() - 1, headerBytes(), file.length - 90, file.length - 3}) {
            for (int to : new int[] {from + 1, from + 3, headerBytes() + 1, file.length - 70, file.length}) {
                if (from < to && to <= file.length) {
                    assertThat(read(from, to)).isEqualTo(Arrays.copyOfRange(file, from, to));
                }
            }
        }
    }

    @Test
    void a_finished_video_is_its_fragments() {
        for (int segment = 2; segment < 5; segment++) {
            services.grow(id, segment, segment == 4);
        }

        assertThat(content()).isEqualTo(fragments());
    }

    private byte[] content() {
        return read(0, new ContentFile(video()).length());
    }

    private byte[] read(long from, long to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ContentFile(video()).runs(from, to).forEach(run -> bytes.writeBytes(run.read(services.library.store())));
        return bytes.toByteArray();
    }

    private byte[] fragments() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        video().fragments()
                .all()
                .forEach(
                        fragment -> bytes.writeBytes(services.library.store().read(id, fragment, 0, fragment.bytes())));
        return bytes.toByteArray();
    }

    private int headerBytes() {
        return video().fragments().all().get(0).bytes();
    }

    private LibraryVideo video() {
        return services.library.videos().find(id).orElseThrow();
    }

    /** What the box mehd says: behind its name a version, then ticks of thousandths of a frame. */
    private static double seconds(byte[] file) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("mehd");
        return ByteBuffer.wrap(file).getLong(at + 8) / 1000.0 / RATE;
    }
}
