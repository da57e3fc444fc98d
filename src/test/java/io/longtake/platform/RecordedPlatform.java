package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.Cursor;
import io.longtake.client.DecodedBatch;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.video.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The data directory of a platform that was stopped with videos in flight: its Kafka and its roles' stores. Of Kafka's files only
 * those are kept that it cannot make anew from the others, so it starts as after a crash.
 *
 * @param archive a zip
 */
record RecordedPlatform(Path archive) {

    /** Made by commit 851f0e0, with Kafka 4.3.1. */
    static final RecordedPlatform NOVEMBER_2026 =
            new RecordedPlatform(Path.of("src/test/resources/recorded/platform-2026-11.zip"));

    /** The only model that it has. */
    static final ModelRepository MODELS = new ModelRepository(List.of(ToyModel.ROOT));

    static final PlatformSettings SETTINGS =
            PlatformSettings.of(MODELS, "OnnxRuntime").firstModel("toy");

    /** Has ended. */
    static final Prompt FINISHED = prompt(1, "a drive at night", 4).codec(Codec.FFV1);
    /** Somebody had seen enough of it. */
    static final Prompt CANCELLED = prompt(2, "a drive at noon", 60).codec(Codec.FFV1);
    /** Waits for its viewer, whose server was heard a moment before the platform stopped. */
    static final Prompt WATCHED = prompt(3, "a drive in fog", 8).codec(Codec.FFV1);
    /** Is in its middle: tasks of several stages are out, and wait in the queue. */
    static final Prompt IN_FLIGHT = prompt(4, "a drive in rain", 12).codec(Codec.RAW);

    private static final String METADATA = "__cluster_metadata";
    /** In a record batch of version 2, the only one there is. */
    private static final int LENGTH = 8;

    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int BASE_TIME = 27;
    private static final int MAX_TIME = 35;
    private static final int BEFORE_LENGTH = 12;

    private static Prompt prompt(int number, String text, double seconds) {
        return Prompt.of(text)
                .id("00000000-0000-4000-8000-00000000000" + number)
                .model("toy")
                .seconds(seconds)
                .seed(number);
    }

    /** The same order for another video. */
    static PromptEvent anew(Prompt prompt) {
        return PromptEvent.newBuilder(prompt.event())
                .setVideoId(Prompt.of("").id())
                .build();
    }

    /** Packs a directory whose platform was closed. */
    void pack(Path directory) throws IOException {
        Files.createDirectories(archive.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.walk(directory)) {
            zip.setLevel(9);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString();
                if (isKept(name)) {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTime(0);
                    zip.putNextEntry(entry);
                    Files.copy(file, zip);
                }
            }
        }
    }

    /** Kafka makes indexes and producers' snapshots from its logs, RocksDB its options and its log from nothing. */
    private static boolean isKept(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("kafka/log/")
                ? !file.matches(".*\\.(index|timeindex|txnindex|snapshot)|\\..*|recovery-point-.*")
                : name.startsWith("state/") && !file.matches("LOG.*|LOCK|\\.lock|OPTIONS-.*");
    }

    /**
     * Makes the directory again, as if it had been recorded a minute ago. What Kafka keeps for six hours or a day would be gone
     * before anybody reads it, so the time of every record is moved; records and their offsets stay as they are.
     */
    void unpack(Path directory, Instant now) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
            List<Path> logs = logs(directory);
            long latest = 0;
            for (Path log : logs) {
                for (ByteBuffer batch : batches(ByteBuffer.wrap(Files.readAllBytes(log)))) {
                    latest = Math.max(latest, batch.getLong(MAX_TIME));
                }
            }
            long later = now.toEpochMilli() - Duration.ofMinutes(1).toMillis() - latest;
            for (Path log : logs) {
                byte[] bytes = Files.readAllBytes(log);
                batches(ByteBuffer.wrap(bytes)).forEach(batch -> move(batch, later));
                Files.write(log, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> logs(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("kafka"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> !file.getParent().getFileName().toString().startsWith(METADATA))
                    .toList();
        }
    }

    /** Views of them. */
    private static List<ByteBuffer> batches(ByteBuffer log) {
        Stream.Builder<ByteBuffer> batches = Stream.builder();
        for (int at = 0; at < log.capacity(); ) {
            int size = BEFORE_LENGTH + log.getInt(at + LENGTH);
            batches.add(log.slice(at, size).order(ByteOrder.BIG_ENDIAN));
            at += size;
        }
        return batches.build().toList();
    }

    private static void move(ByteBuffer batch, long later) {
        for (int time : new int[] {BASE_TIME, MAX_TIME}) {
            batch.putLong(time, batch.getLong(time) + later);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(batch.slice(ATTRIBUTES, batch.capacity() - ATTRIBUTES));
        batch.putInt(CRC, (int) checksum.getValue());
    }

    /** All videos have come to their end, and nothing was done twice. */
    static void assertWentOn(DoneWork before, DoneWork after) {
        assertThat(after.tasks()).containsAll(before.tasks()).doesNotHaveDuplicates();
        assertThat(after.results())
                .as(
                        "tasks that were done (a worker that stands still for 30 s loses its lease: was the machine that busy?)")
                .containsAll(before.results())
                .doesNotHaveDuplicates();
        assertThat(after.frames()).containsAll(before.frames()).doesNotHaveDuplicates();
        assertThat(after.stitched()).containsAll(before.stitched()).doesNotHaveDuplicates();
        for (Prompt ended : List.of(FINISHED, CANCELLED)) {
            assertThat(after.of(ended.id()))
                    .as("nothing happens to what has ended")
                    .isEqualTo(before.of(ended.id()));
        }
        for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
            DoneWork video = after.of(prompt.id());
            assertThat(video.open()).isEmpty();
            assertThat(video.stitched()).hasSize(segments(prompt));
            assertThat(video.kinds()).containsOnlyOnce(VideoEventKind.ACCEPTED, VideoEventKind.FINISHED);
        }
    }

    /** A toy's second is eight frames, its segment four. */
    static int segments(Prompt prompt) {
        return (int) (prompt.event().getSeconds() * 8 / 4);
    }

    /** The first segments were made where the recording was: processors of another kind round otherwise (decision 6). */
    static void assertSamePictures(LongtakeClient client, ReceivedVideo one, ReceivedVideo other) {
        byte[] found = pixels(client, one);
        byte[] expected = pixels(client, other);
        assertThat(found).hasSameSizeAs(expected);
        assertThat(IntStream.range(0, found.length)
                        .map(i -> Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF)))
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    private static byte[] pixels(LongtakeClient client, ReceivedVideo video) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (Cursor<DecodedBatch> batches =
                client.video(video.order().getVideoId()).decodedFrames().open()) {
            batches.forEach(batch -> pixels.writeBytes(batch.item().frames().rgb()));
        }
        return pixels.toByteArray();
    }
}
