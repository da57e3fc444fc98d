package io.longtake;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.FrameChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.payload.FrameBatch;
import io.longtake.tensor.Frames;
import io.longtake.video.Codec;
import io.longtake.video.FrameEncoder;
import io.longtake.video.Scenes;
import io.longtake.video.VideoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
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

    private static final String PYTHON = ForeignProgram.PYTHON;
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
        ForeignProgram.require("kcat", "kcat", "-V");
        ForeignProgram.require(PYTHON + " with fastavro", PYTHON, "-c", "import fastavro");
    }

    @Test
    void a_python_subscriber_rebuilds_raw_frames_byte_for_byte() throws Exception {
        FrameBatch first = batch(Codec.RAW, 0, false);
        FrameBatch second = batch(Codec.RAW, 1, true);

        publish(first, second);

        assertThat(read())
                .contains("video " + videoId + ": 10 frames of 320x240 at 24/s, raw, complete")
                .contains("1 second copies of batches dropped")
                .contains(sha256(video(".rgb")));
        assertThat(video(".rgb"))
                .isEqualTo(packets(first, second))
                .isEqualTo(Scenes.drive(0, 10, WIDTH, HEIGHT).rgb());
    }

    @Test
    void a_python_subscriber_rebuilds_an_h264_stream_that_decoders_read() throws Exception {
        FrameBatch first = batch(Codec.H264, 0, false);
        FrameBatch second = batch(Codec.H264, 1, true);

        publish(first, second);

        assertThat(read()).contains("10 frames of 320x240 at 24/s, h264, complete");
        assertThat(video(".h264")).isEqualTo(packets(first, second));
        assertThat(framesThatDecode(folder.resolve(videoId + ".h264"))).isEqualTo(10);
    }

    /** Two batches the hard way: aborted first, then interleaved, with garbage and damage between, and one of them twice. */
    private void publish(FrameBatch first, FrameBatch second) {
        try (KafkaProducer<String, byte[]> worker = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "worker-" + videoId)),
                new StringSerializer(),
                new ByteArraySerializer())) {
            worker.initTransactions();
            worker.beginTransaction();
            second.toChunks().forEach(chunk -> send(worker, Wire.encode(chunk)));
            worker.flush();
            worker.abortTransaction();
            worker.beginTransaction();
            send(worker, damaged(first.toChunks().get(0)));
            send(worker, Wire.encode(second.toChunks().get(0)));
            first.toChunks().forEach(chunk -> send(worker, Wire.encode(chunk)));
            send(worker, "\n12 34 garbage\n".getBytes(StandardCharsets.UTF_8));
            second.toChunks().stream().skip(1).forEach(chunk -> send(worker, Wire.encode(chunk)));
            send(worker, null);
            first.toChunks().forEach(chunk -> send(worker, Wire.encode(chunk)));
            worker.flush(); // a commit alone may overtake what was sent last
            worker.commitTransaction();
        }
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

    private FrameBatch batch(Codec codec, int segment, boolean last) {
        long firstFrame = (long) segment * FRAMES;
        Frames frames = Scenes.drive(firstFrame, FRAMES, WIDTH, HEIGHT);
        return new FrameBatch(videoId, segment, firstFrame, last, new FrameEncoder(codec, 24).encode(frames));
    }

    private byte[] video(String suffix) throws IOException {
        return Files.readAllBytes(folder.resolve(videoId + suffix));
    }

    private static byte[] packets(FrameBatch first, FrameBatch second) {
        byte[] one = first.encoded().packets();
        byte[] other = second.encoded().packets();
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static int framesThatDecode(Path video) {
        int count = 0;
        try (VideoReader reader = VideoReader.open(video)) {
            for (Optional<Frames> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                count += frame.get().count();
            }
        }
        return count;
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] damaged(FrameChunk chunk) {
        byte[] bytes = Wire.encode(chunk);
        bytes[bytes.length - 1] ^= 1;
        return bytes;
    }
}
