package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.event.Chunks;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PayloadRef;
import io.longtake.event.Topic;
import io.longtake.model.ModelRepository;
import io.longtake.payload.PayloadCache;
import io.longtake.payload.PayloadReader;
import io.longtake.payload.PayloadWriter;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.tensor.Frames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How fast payloads are written, each in a transaction of its own as a worker writes them, and read by their references, against
 * Kafka's own producer-perf-test with records of a chunk's size on the same topic. In turn, in one run; the first round does not count.
 *
 * @param models of the platform
 * @param mebibytes of a payload, one measurement each
 * @param total mebibytes of a round
 * @param rounds that count
 */
public record PayloadBench(ModelRepository models, List<Double> mebibytes, int total, int rounds) implements Bench {

    private static final double MEBI = 1 << 20;
    /** What a payload may have. */
    private static final double MAX_MEBIBYTES = 64;

    public PayloadBench {
        mebibytes = List.copyOf(mebibytes);
        OptionLimit.between("mebibytes", mebibytes.size(), 1, 16);
        mebibytes.forEach(size -> OptionLimit.between("mebibytes", size, 0.01, MAX_MEBIBYTES));
        OptionLimit.between("total", total, 1, 4096);
        OptionLimit.between("rounds", rounds, 1, 100);
    }

    @Override
    public String name() {
        return "payload";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("mebibytes", mebibytes, "total", total, "rounds", rounds, "chunk-bytes", Chunks.LIMIT);
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) throws IOException {
        try (Platform platform = Platform.embedded(
                directory.data("platform"),
                0,
                PlatformSettings.of(models, "OnnxRuntime").stages(Set.of()))) {
            List<Figure> figures = new ArrayList<>();
            for (double size : mebibytes) {
                figures.addAll(measure(platform.kafka(), size, progress));
            }
            return Found.of(figures);
        }
    }

    private List<Figure> measure(KafkaConnection kafka, double size, Consumer<String> progress) throws IOException {
        List<Double> perf = new ArrayList<>();
        List<Double> written = new ArrayList<>();
        List<Double> read = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        ProducerPerfTest test = new ProducerPerfTest(kafka, Topic.LATENTS.topicName(), Chunks.LIMIT);
        for (int round = 0; round <= rounds; round++) {
            progress.accept(String.format(Locale.ROOT, "payloads of %.2f MiB, round %d of %d", size, round, rounds));
            double kafkas = test.megabytesPerSecond(Math.max(1, (int) (total * MEBI / Chunks.LIMIT)));
            Ours ours = ours(kafka, size);
            if (round > 0) {
                perf.add(kafkas);
                written.add(ours.written());
                read.add(ours.read());
                ratios.add(ours.written() / kafkas);
            }
        }
        String name = String.format(
                Locale.ROOT, "payload.%s-mib", Double.toString(size).replace('.', '-'));
        return List.of(
                new Figure(name + ".write-ratio", "ratio", ratios),
                new Figure(name + ".write", "MB/s", written),
                new Figure(name + ".read", "MB/s", read),
                new Figure(name + ".producer-perf-test", "MB/s", perf));
    }

    /** Megabytes (10^6) a second. */
    private record Ours(double written, double read) {}

    private Ours ours(KafkaConnection kafka, double size) {
        Frames frames = frames((int) (size * MEBI / 3));
        int count = Math.max(1, (int) Math.round(total / size));
        double megabytes = (double) count * frames.rgb().length / 1e6;
        String video = UUID.randomUUID().toString();
        List<PayloadRef> refs = new ArrayList<>();
        double written;
        try (Producer<String, byte[]> producer = producer(kafka)) {
            producer.initTransactions();
            PayloadWriter writer = new PayloadWriter(producer, PayloadCache.none());
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                producer.beginTransaction();
                refs.add(writer.write(video, frames));
                producer.commitTransaction();
            }
            written = megabytes / seconds(start);
        }
        try (PayloadReader reader = new PayloadReader(kafka, PayloadCache.none(), PayloadReader.DEADLINE)) {
            long start = System.nanoTime();
            refs.forEach(reader::read);
            return new Ours(written, megabytes / seconds(start));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** A frame of one row with so many pixels: only the bytes count. */
    private static Frames frames(int pixels) {
        byte[] rgb = new byte[pixels * 3];
        new SplittableRandom(0).nextBytes(rgb);
        return new Frames(1, 1, pixels, rgb);
    }

    /** As a worker's. */
    private static Producer<String, byte[]> producer(KafkaConnection kafka) {
        return new KafkaProducer<>(
                kafka.with(Map.of(
                        "transactional.id", "longtake-bench-" + UUID.randomUUID(), "acks", "all", "linger.ms", 0)),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
