package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FrameChunk;
import io.longtake.event.PayloadChunk;
import io.longtake.event.Scene;
import io.longtake.event.StageTask;
import io.longtake.event.Wire;
import io.longtake.model.InputSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What it costs to turn records into bytes: as they are sent, over an encoder of Avro's that is made for each record and copies what
 * it made. Both in turns in one run, so that whatever else the machine does hits both.
 */
public final class RecordsBench implements Bench {

    private static final int ROUNDS = 41;
    private static final int WARM_UP_ROUNDS = 20;
    private static final long ROUND_NANOS = 20_000_000;
    /** Records between two looks at the clock. */
    private static final int TOGETHER = 16;

    @Override
    public String name() {
        return "records";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("rounds", ROUNDS, "round-ms", ROUND_NANOS / 1_000_000);
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) {
        List<Figure> figures = new ArrayList<>();
        records().forEach((name, record) -> {
            progress.accept(name);
            figures.addAll(measure("records." + name, record));
        });
        return Found.of(figures);
    }

    private static List<Figure> measure(String name, SpecificRecordBase record) {
        byte[] encoded = Wire.encode(record);
        List<Double> before = new ArrayList<>();
        List<Double> now = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> copied = new ArrayList<>();
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            Pauses.requireNotStopped();
            double anew = micros(RecordsBench::anew, record);
            double sent = micros(Wire::encode, record);
            double copy = micros(same -> Arrays.copyOf(encoded, encoded.length), record);
            if (round >= 0) {
                before.add(anew);
                now.add(sent);
                ratios.add(sent / anew);
                copied.add(copy);
            }
        }
        return List.of(
                Figure.of(name + ".size", "bytes", encoded.length),
                new Figure(name + ".encoded", "us", now),
                new Figure(name + ".encoder-made-anew", "us", before),
                new Figure(name + ".ratio", "ratio", ratios),
                new Figure(name + ".copied-once", "us", copied));
    }

    /** As every record was encoded until November 2026. */
    private static byte[] anew(SpecificRecordBase record) {
        try {
            ByteBuffer bytes = new BinaryMessageEncoder<SpecificRecordBase>(
                            SpecificData.get(), record.getSchema(), true)
                    .encode(record);
            byte[] out = new byte[bytes.remaining()];
            bytes.get(out);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of this thread's processor, so that others at work on it do not count. */
    private static double micros(Function<SpecificRecordBase, byte[]> encoder, SpecificRecordBase record) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        long bytes = 0;
        int count = 0;
        long nanos = 0;
        while (nanos < ROUND_NANOS) {
            for (int i = 0; i < TOGETHER; i++) {
                bytes += encoder.apply(record).length;
            }
            count += TOGETHER;
            nanos = thread.getCurrentThreadCpuTime() - start;
        }
        if (bytes == 0) {
            throw new IllegalStateException("nothing was encoded");
        }
        return nanos / 1e3 / count;
    }

    private static Map<String, SpecificRecordBase> records() {
        byte[] bytes = new byte[Chunks.LIMIT];
        new SplittableRandom(1).nextBytes(bytes);
        ByteBuffer data = ByteBuffer.wrap(bytes);
        String video = new UUID(1, 2).toString();
        Map<String, SpecificRecordBase> records = new LinkedHashMap<>();
        records.put("payload-chunk", new PayloadChunk(video, video, 0, 1, Checksum.of(data), data));
        records.put(
                "frame-chunk",
                FrameChunk.newBuilder()
                        .setVideoId(video)
                        .setSegment(3)
                        .setFirstFrame(72)
                        .setFrameCount(24)
                        .setLast(false)
                        .setWidth(512)
                        .setHeight(256)
                        .setFrameRate(24)
                        .setCodec("h264")
                        .setPacketSizes(Collections.nCopies(24, Chunks.LIMIT / 24))
                        .setChunk(0)
                        .setChunkCount(1)
                        .setBatchBytes(Chunks.LIMIT)
                        .setBatchCrc32c(1)
                        .setCrc32c(1)
                        .setData(data)
                        .build());
        records.put(
                "stage-task",
                StageTask.newBuilder()
                        .setVideoId(video)
                        .setStage("keyframes")
                        .setSegment(3)
                        .setModel("drive")
                        .setModelDigest("0".repeat(64))
                        .setScene(Scene.newBuilder()
                                .setPrompt("a drive at night in heavy traffic")
                                .setSeed(7)
                                .setGuidance(1.0)
                                .setSteps(4)
                                .build())
                        .setCodec("h264")
                        .setFirstFrame(72)
                        .setFrameCount(24)
                        .setLast(false)
                        .setPublish(false)
                        .setInputs(Map.of())
                        .setOutputs(List.of(InputSource.OUT))
                        .build());
        return records;
    }
}
