package io.longtake.bench.workers;

import java.time.Instant;
import java.util.Optional;

/**
 * A {@link DeviceCall} as a line that one process writes and another reads. {@link System#nanoTime} counts from another beginning in
 * each process, so a line has times of the clock.
 *
 * @param offset nanoseconds from this process' nanoTime to the clock
 */
record CallLine(long offset) {

    private static final String PREFIX = "CALL";

    /** Of this process. */
    static CallLine here() {
        Instant now = Instant.now();
        return new CallLine(now.getEpochSecond() * 1_000_000_000 + now.getNano() - System.nanoTime());
    }

    String write(DeviceCall call) {
        return String.join(
                " ",
                PREFIX,
                call.worker(),
                call.stage(),
                Long.toString(call.video()),
                Integer.toString(call.segment()),
                Long.toString(call.start() + offset),
                Long.toString(call.end() + offset));
    }

    /** The call of a line; empty if it is a line of something else. */
    Optional<DeviceCall> read(String line) {
        String[] words = line.split(" ");
        if (words.length != 7 || !words[0].equals(PREFIX)) {
            return Optional.empty();
        }
        return Optional.of(new DeviceCall(
                words[1],
                words[2],
                Long.parseLong(words[3]),
                Integer.parseInt(words[4]),
                Long.parseLong(words[5]) - offset,
                Long.parseLong(words[6]) - offset));
    }
}
