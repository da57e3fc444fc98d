package io.longtake.bench;

import io.longtake.platform.DataDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code longtake generate} as a user runs it: in a process of its own, and how long after its start it said what. */
final class GenerateProcess {

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** What its lines begin with, by mark. */
    private static final Map<String, String> SAID =
            Map.of("first-word", "starting ", "accepted", "accepted ", "first-segment", "stitched ");

    private GenerateProcess() {}

    /**
     * Makes a video on a new data directory, from the start of the process to its end.
     *
     * @return seconds after the start, by mark; {@code total} is the end
     */
    static Map<String, Double> run(Path launcher, DataDirectory data, String prompt, String model, double seconds)
            throws IOException, InterruptedException {
        data.create();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        launcher.toString(),
                        "generate",
                        prompt,
                        "--model",
                        model,
                        "--seconds",
                        Double.toString(seconds),
                        "--data-dir",
                        data.path().toString(),
                        "-o",
                        data.path().resolve("video.mp4").toString())
                .redirectErrorStream(true)
                .start();
        try {
            Map<String, Double> marks = new LinkedHashMap<>();
            List<String> said = new ArrayList<>();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    double after = (System.nanoTime() - start) / 1e9;
                    said.add(line);
                    mark(line).ifPresent(name -> marks.putIfAbsent(name, after));
                }
            }
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("longtake generate did not end well: " + String.join("\n", said));
            }
            marks.put("total", (System.nanoTime() - start) / 1e9);
            return marks;
        } finally {
            process.destroy();
        }
    }

    private static Optional<String> mark(String line) {
        return SAID.entrySet().stream()
                .filter(said -> line.startsWith(said.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
