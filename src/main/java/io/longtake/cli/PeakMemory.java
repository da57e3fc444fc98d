package io.longtake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process held at once, natively allocated memory included. */
final class PeakMemory {

    private PeakMemory() {}

    /** Where the kernel tells it (Linux). */
    static String describe() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> "peak memory " + Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                    .findFirst()
                    .orElse("peak memory unknown");
        } catch (IOException e) {
            return "peak memory unknown";
        }
    }
}
