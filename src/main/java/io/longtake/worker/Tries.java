package io.longtake.worker;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How often tasks of a partition were handed out, by offset. Written beside the committed offset, so that the next worker knows it if
 * this one dies of a task.
 */
record Tries(SortedMap<Long, Integer> byOffset) {

    static final Tries NONE = new Tries(new TreeMap<>());

    private static final Pattern ENTRY = Pattern.compile("([0-9]{1,18}):([0-9]{1,9})");

    /** What is not understood says nothing. */
    static Tries parse(String text) {
        SortedMap<Long, Integer> found = new TreeMap<>();
        Matcher entries = ENTRY.matcher(text == null ? "" : text);
        while (entries.find()) {
            found.put(Long.valueOf(entries.group(1)), Integer.valueOf(entries.group(2)));
        }
        return new Tries(found);
    }

    int of(long offset) {
        return byOffset.getOrDefault(offset, 0);
    }

    /** Short enough for what Kafka takes: tasks of one call, a few digits each. */
    @Override
    public String toString() {
        return byOffset.entrySet().stream()
                .map((Map.Entry<Long, Integer> entry) -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
