package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.payload.FragmentRecords;
import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.FrameEncoder;
import io.longtake.video.Muxer;
import io.longtake.video.Scenes;
import io.longtake.video.VideoReader;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The client's own jar, as a program uses it that has nothing else of Longtake. */
@ExtendWith(SharedBroker.class)
class ClientJarIT {

    /** Kafka's clients and Avro with what they need themselves: what the jar's pom brings. */
    private static final List<String> LIBRARIES =
            List.of("kafka-clients", "avro", "slf4j-api", "jackson-core", "jackson-databind", "jackson-annotations");

    private static final List<String> DECODER = List.of("javacpp", "ffmpeg");
    private static final int FRAMES = 24;

    @TempDir
    Path folder;

    private final KafkaConnection kafka;

    ClientJarIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @Test
    void the_jar_is_small_and_holds_the_clients_rooms_and_its_own_pom() throws IOException {
        assertThat(jar()).isRegularFile();
        assertThat(Files.size(jar())).isLessThan(1_000_000);
        try (JarFile jar = new JarFile(jar().toFile())) {
            assertThat(jar.stream()
                            .map(entry -> entry.getName().split("/"))
                            .filter(path -> path.length > 3 && path[0].equals("io"))
                            .map(path -> path[2])
                            .distinct())
                    .as("the rooms that HouseTest lets use nothing else")
                    .containsExactlyInAnyOrder("client", "payload", "video", "event", "tensor");
            assertThat(text(jar, "META-INF/maven/io.longtake/longtake-client/pom.xml"))
                    .contains("<artifactId>longtake-client</artifactId>")
                    .contains("<artifactId>kafka-clients</artifactId><version>4.")
                    .doesNotContain("${");
        }
    }

    @Test
    void a_program_with_the_jar_alone_orders_a_video_and_follows_it() throws Exception {
        Path file = folder.resolve("video.mp4");
        Process program = run(with(LIBRARIES, DECODER), file);
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            String videoId = videoId(out);
            byte[] video = make(videoId);

            List<String> said = out.lines().toList();

            assertThat(program.waitFor()).as(said.toString()).isZero();
            assertThat(said)
                    .contains("event ACCEPTED after 0 frames", "event FINISHED after 48 frames")
                    .anyMatch(line -> line.startsWith("frames from 0: EncodedBatch[24 frames of 128x64, h264"))
                    .anyMatch(line -> line.startsWith("frames from 24: EncodedBatch[24 frames of 128x64, h264"))
                    .anyMatch(line -> line.startsWith("pixels of segment 1: Frames[24 of 128x64], mean brightness "))
                    .noneMatch(line -> line.startsWith("pixels of segment 0"))
                    .contains("written " + video.length + " bytes")
                    .endsWith("end FINISHED after 48 frames");
            assertThat(file).hasBinaryContent(video);
        }
        try (VideoReader reader = VideoReader.open(file)) {
            int frames = 0;
            while (reader.next().isPresent()) {
                frames++;
            }
            assertThat(frames).isEqualTo(2 * FRAMES);
        }
    }

    @Test
    void without_ffmpeg_the_program_is_told_what_to_add() throws Exception {
        Process program = run(with(LIBRARIES, List.of()), folder.resolve("video.mp4"));
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            make(videoId(out));

            List<String> said = out.lines().toList();

            assertThat(program.waitFor()).isEqualTo(1);
            assertThat(said)
                    .as("coded frames need none")
                    .anyMatch(line -> line.startsWith("frames from 24: "))
                    .anyMatch(line -> line.contains("DecoderMissingException: frames in h264 need FFmpeg to be decoded:"
                            + " add org.bytedeco:ffmpeg-platform"));
        }
    }

    /** What a platform says of a video of two seconds; its file. */
    private byte[] make(String videoId) {
        List<SpecificRecordBase> file = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PlatformWriter platform = new PlatformWriter(kafka, videoId)) {
            platform.committed(Topic.VIDEOS, event(videoId, VideoEventKind.ACCEPTED, 0));
            for (int segment = 0; segment < 2; segment++) {
                FrameBatch batch = new FrameBatch(
                        videoId,
                        segment,
                        (long) segment * FRAMES,
                        segment == 1,
                        new FrameEncoder(Codec.H264, 24)
                                .encode(Scenes.drive((long) segment * FRAMES, FRAMES, 128, 64)));
                platform.committed(batch);
                if (segment == 0) {
                    byte[] header = Muxer.header(batch.encoded(), 0);
                    bytes.writeBytes(header);
                    file.addAll(FragmentRecords.header(videoId, Codec.H264, header));
                }
                byte[] fragment = Muxer.fragment(segment, batch.firstFrame(), batch.encoded());
                bytes.writeBytes(fragment);
                file.addAll(FragmentRecords.of(batch, fragment));
            }
            platform.committed(Topic.SEGMENTS, file.toArray(SpecificRecordBase[]::new));
            platform.committed(Topic.VIDEOS, event(videoId, VideoEventKind.FINISHED, 2 * FRAMES));
        }
        return bytes.toByteArray();
    }

    private static VideoEvent event(String videoId, VideoEventKind kind, long frames) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(kind)
                .setFrames(frames)
                .setAt(Instant.EPOCH)
                .build();
    }

    private Process run(String classPath, Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "docs/examples/FollowVideo.java",
                        kafka.bootstrapServers(),
                        "a drive at night",
                        file.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** The program says it first, but for what libraries say on standard error. */
    private static String videoId(BufferedReader out) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("video ")) {
                return line.substring("video ".length());
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("the program ended before it had ordered a video:\n" + before);
    }

    private static Path jar() {
        return Path.of("target", "longtake-client-" + version() + ".jar");
    }

    private static String version() {
        try {
            String pom = Files.readString(Path.of("target/classes/META-INF/maven/io.longtake/longtake-client/pom.xml"));
            return pom.replaceAll(
                    "(?s).*<artifactId>longtake-client</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
        } catch (IOException e) {
            throw new AssertionError("'mvn package' makes the client's jar and its pom", e);
        }
    }

    /** The jar and these libraries, where this test has them from. */
    private static String with(List<String> libraries, List<String> natives) {
        Stream<String> found = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Stream.concat(libraries.stream(), natives.stream())
                        .anyMatch(
                                name -> Path.of(entry).getFileName().toString().matches(name + "-[0-9].*\\.jar")));
        return Stream.concat(Stream.of(jar().toString()), found).collect(Collectors.joining(File.pathSeparator));
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(jar.getInputStream(jar.getJarEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
