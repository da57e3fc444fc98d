package io.longtake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longtake.broker.SharedBroker;
import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FrameChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Frames reach a subscriber that shares nothing with this program but {@code schemas/}. */
@ExtendWith(SharedBroker.class)
class ForeignReaderIT {

    private static final String PYTHON = System.getenv().getOrDefault("LONGTAKE_PYTHON", "python3");
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int FRAMES = 5; // 1.1 MB a batch: two chunks

    @TempDir
    Path folder;

    private final String videoId = UUID.randomUUID().toString();
    private final KafkaConnection kafka;

    ForeignReaderIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void the_tools_of_the_other_language_are_there() throws Exception {
        assumeTrue(runs("kcat", "-V"), "kcat is not installed");
        assumeTrue(runs(PYTHON, "-c", "import fastavro"), PYTHON + " with fastavro is not installed");
    }

    @Test
    void a_python_subscriber_rebuilds_the_film_byte_for_byte() throws Exception {
        byte[] first = frames(1);
        byte[] second = frames(2);
        try (KafkaProducer<String, byte[]> worker = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "worker-" + videoId)),
                new StringSerializer(),
                new ByteArraySerializer())) {
            worker.initTransactions();
            worker.beginTransaction();
            chunks(0, false, frames(3)).forEach(chunk -> send(worker, Wire.encode(chunk)));
            worker.abortTransaction();
            worker.beginTransaction();
            interleaved(chunks(1, true, second), chunks(0, false, first))
                    .forEach(chunk -> send(worker, Wire.encode(chunk)));
            send(worker, "\n12 34 garbage\n".getBytes(StandardCharsets.UTF_8));
            send(worker, damaged(chunks(0, false, first).get(0)));
            send(worker, null);
            chunks(0, false, first).forEach(chunk -> send(worker, Wire.encode(chunk)));
            worker.commitTransaction();
        }

        String said = read();

        assertThat(said)
                .contains("film " + videoId + ": 10 frames of 320x240 at 24/s, raw, complete")
                .contains("1 second copies of batches dropped");
        byte[] film = Files.readAllBytes(folder.resolve(videoId + ".rgb"));
        assertThat(film)
                .isEqualTo(ByteBuffer.allocate(first.length + second.length)
                        .put(first)
                        .put(second)
                        .array());
        assertThat(said)
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(film)));
    }

    private String read() throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(
                        PYTHON,
                        "docs/examples/read_frames.py",
                        "--bootstrap",
                        kafka.bootstrapServers(),
                        "--video",
                        videoId,
                        "--out",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reader.waitFor()).as(said).isZero();
        return said;
    }

    private void send(KafkaProducer<String, byte[]> worker, byte[] value) {
        worker.send(new ProducerRecord<>(Topic.FRAMES.topicName(), videoId, value));
    }

    private List<FrameChunk> chunks(int segment, boolean last, byte[] rgb) {
        ByteBuffer packets = ByteBuffer.wrap(rgb);
        List<FrameChunk> chunks = new ArrayList<>();
        List<ByteBuffer> pieces = Chunks.split(packets);
        for (ByteBuffer piece : pieces) {
            chunks.add(FrameChunk.newBuilder()
                    .setVideoId(videoId)
                    .setSegment(segment)
                    .setFirstFrame(segment * FRAMES)
                    .setFrameCount(FRAMES)
                    .setLast(last)
                    .setWidth(WIDTH)
                    .setHeight(HEIGHT)
                    .setFrameRate(24)
                    .setCodec("raw")
                    .setPacketSizes(Collections.nCopies(FRAMES, WIDTH * HEIGHT * 3))
                    .setChunk(chunks.size())
                    .setChunkCount(pieces.size())
                    .setBatchBytes(rgb.length)
                    .setBatchCrc32c(Checksum.of(packets))
                    .setCrc32c(Checksum.of(piece))
                    .setData(piece)
                    .build());
        }
        return chunks;
    }

    private static List<FrameChunk> interleaved(List<FrameChunk> one, List<FrameChunk> other) {
        List<FrameChunk> both = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            both.add(one.get(i));
            both.add(other.get(i));
        }
        return both;
    }

    private static byte[] damaged(FrameChunk chunk) {
        byte[] bytes = Wire.encode(chunk);
        bytes[bytes.length - 1] ^= 1;
        return bytes;
    }

    private static byte[] frames(long seed) {
        byte[] rgb = new byte[FRAMES * WIDTH * HEIGHT * 3];
        new Random(seed).nextBytes(rgb);
        return rgb;
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
