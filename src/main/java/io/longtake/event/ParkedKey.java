package io.longtake.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a parked record: whose it is and where it lay. It is parked in the partition of the same number, so records of one
 * partition keep their order, and whoever reads a partition finds there what it left.
 *
 * @param reader director, stitcher or worker
 */
public record ParkedKey(String reader, String topic, int partition, long offset) {

    private static final Pattern FORM = Pattern.compile("([a-z-]+)/([A-Za-z0-9._-]+)/(\\d{1,9})/(\\d{1,18})");

    public static ParkedKey of(ParkedRecord record) {
        return new ParkedKey(record.getReader(), record.getTopic(), record.getPartition(), record.getOffset());
    }

    /** Empty if it is none. */
    public static Optional<ParkedKey> parse(String key) {
        Matcher parts = FORM.matcher(key == null ? "" : key);
        return parts.matches()
                ? Optional.of(new ParkedKey(
                        parts.group(1),
                        parts.group(2),
                        Integer.parseInt(parts.group(3)),
                        Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return reader + "/" + topic + "/" + partition + "/" + offset;
    }
}
