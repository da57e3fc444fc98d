package io.longtake.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * When a starting process had got how far, by what it left in its data directory: lines of its log, and the broker's port. A mark
 * that it did not leave is left out.
 *
 * @param data directory, new when the process started
 * @param zone of the times in the log
 */
record StartMarks(Path data, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT);
    private static final int TIME_LENGTH = 23;

    /** Written when the broker serves clients. */
    private static final Path BROKER = Path.of("kafka", "broker.port");

    /** What the log says then, by mark. */
    private static final Map<String, String> LINES = Map.of("roles", " plays [", "models-warm", " takes tasks of ");

    /** Seconds after the start, by mark. */
    Map<String, Double> after(Instant start) throws IOException {
        Map<String, Double> marks = new LinkedHashMap<>();
        Path broker = data.resolve(BROKER);
        if (Files.exists(broker)) {
            marks.put("broker", seconds(start, Files.getLastModifiedTime(broker).toInstant()));
        }
        Path log = data.resolve("logs/longtake.log");
        for (Map.Entry<String, String> line : new TreeMap<>(LINES).entrySet()) {
            first(log, line.getValue()).ifPresent(time -> marks.put(line.getKey(), seconds(start, time)));
        }
        return marks;
    }

    private Optional<Instant> first(Path log, String text) throws IOException {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.length() > TIME_LENGTH && line.contains(text))
                    .findFirst()
                    .map(line -> LocalDateTime.parse(line.substring(0, TIME_LENGTH), TIME)
                            .atZone(zone)
                            .toInstant());
        }
    }

    private static double seconds(Instant start, Instant end) {
        return (end.toEpochMilli() - start.toEpochMilli()) / 1e3;
    }
}
