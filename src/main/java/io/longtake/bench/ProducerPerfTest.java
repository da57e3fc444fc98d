package io.longtake.bench;

import io.longtake.event.KafkaConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * Kafka's {@code kafka-producer-perf-test.sh}, in this process. It tells what it found on standard output, and nowhere else.
 *
 * @param topic to write to
 * @param recordBytes of each record
 */
record ProducerPerfTest(KafkaConnection kafka, String topic, int recordBytes) {

    /** {@code 85 records sent, 170.3 records/sec (127.73 MB/sec), 91.20 ms avg latency, …}; its MB are of 2^20 bytes. */
    private static final Pattern RATE = Pattern.compile("\\(([0-9.]+) MB/sec\\)");

    private static final double MEBI = 1 << 20;

    /** Megabytes (10^6) a second, of so many records as fast as they go. */
    double megabytesPerSecond(int records) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "--topic",
                topic,
                "--record-size",
                Integer.toString(recordBytes),
                "--num-records",
                Integer.toString(records),
                "--throughput",
                "-1",
                "--producer-props",
                "acks=all"));
        // what the producers of this process are given, too
        kafka.with(Map.of()).forEach((name, value) -> args.add(name + "=" + value));
        return parsed(output(args.toArray(String[]::new)));
    }

    /** The last line is of the whole run. */
    static double parsed(String said) {
        return RATE.matcher(said)
                .results()
                .map(MatchResult::group)
                .map(rate -> Double.parseDouble(rate.substring(1, rate.indexOf(' '))))
                .reduce((earlier, later) -> later)
                .map(rate -> rate * MEBI / 1e6)
                .orElseThrow(() -> new IllegalStateException("Kafka's producer-perf-test tells no rate, but: " + said));
    }

    private static String output(String... args) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            ProducerPerformance.main(args);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Kafka's producer-perf-test failed: " + e.getMessage(), e);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
