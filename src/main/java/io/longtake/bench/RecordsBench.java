package io.longtake.bench;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FrameChunk;
import io.longtake.event.PayloadChunk;
import io.longtake.event.Scene;
import io.longtake.event.StageTask;
import io.longtake.event.Wire;
import io.longtake.model.InputSource;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What it costs to turn records into bytes: as they are sent, over an encoder of Avro's that is made for each record and copies what
 * it made. Both in turns in one run, so that whatever else the machine does hits both.
 */
public final class RecordsBench {

    private static final int ROUNDS = 41;
    private static final int WARM_UP_ROUNDS = 20;
    private static final long ROUND_NANOS = 20_000_000;
    /** Records between two looks at the clock. */
    private static final int TOGETHER = 16;

    /** @param out takes a line for each kind of record */
    public void measure(PrintStream out) {
        records().forEach((name, record) -> {
            byte[] encoded = Wire.encode(record);
            List<Double> before = new ArrayList<>();
            List<Double> now = new ArrayList<>();
            List<Double> copied = new ArrayList<>();
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double anew = micros(RecordsBench::anew, record);
                double sent = micros(Wire::encode, record);
                double copy = micros(same -> Arrays.copyOf(encoded, encoded.length), record);
                if (round >= 0) {
                    before.add(anew);
                    now.add(sent);
                    copied.add(copy);
                }
            }
            out.printf(
                    Locale.ROOT,
                    "%-24s %8d bytes: %7.2f us, %.3f of the %7.2f us of an encoder made anew; %7.2f us to copy the bytes once%n",
                    name,
                    encoded.length,
                    median(now),
                    median(now) / median(before),
                    median(before),
                    median(copied));
        });
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

    private static double median(List<Double> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private static Map<String, SpecificRecordBase> records() {
        byte[] bytes = new byte[Chunks.LIMIT];
        new SplittableRandom(1).nextBytes(bytes);
        ByteBuffer data = ByteBuffer.wrap(bytes);
        String video = new UUID(1, 2).toString();
        Map<String, SpecificRecordBase> records = new LinkedHashMap<>();
        records.put("PayloadChunk of 768 KiB", new PayloadChunk(video, video, 0, 1, Checksum.of(data), data));
        records.put(
                "FrameChunk of 768 KiB",
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
                "StageTask",
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
