package io.longtake.model.tensorrt;

import ai.djl.util.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a model is loaded, from the options of {@code Model.load}. Keys:
 *
 * <ul>
 *   <li>{@code profile.<input>}: sizes that the input may have, {@code min/opt/max} as in {@code 1x8x4/2x8x4/8x8x4};
 *       several profiles stand apart by {@code ;}. Needed for inputs whose sizes the graph leaves open
 *   <li>{@code optLevel}: how long TensorRT looks for fast kernels, 0 to 5; 3
 *   <li>{@code refit}: weights that may be replaced later, by name, with commas between; {@code block.1.*} takes all that
 *       begin so
 *   <li>{@code workspace}: bytes a kernel may use at most; 0, all there are
 *   <li>{@code tf32}: {@code true} lets products of float32 round their factors to 10 bits, which is faster on Ampere and later;
 *       {@code false}
 *   <li>{@code cudaGraphs}: {@code true} replays a shape's kernels as one CUDA graph from its second call on; a number is how
 *       many shapes are kept for that (true: 8); {@code false}
 *   <li>{@code planCache}: directory of compiled graphs; {@code plans} beside the model
 *   <li>{@code progress}: an {@link Progress} that follows a build
 *   <li>{@code timings}: a {@link DoubleConsumer} that is told how many milliseconds each call took on the device, some calls
 *       later
 * </ul>
 *
 * @param planCache null for the default
 * @param graphs shapes whose kernels are kept as CUDA graphs; 0 replays none
 * @param progress null for none
 * @param timings null for none
 */
record LoadOptions(BuildOptions build, Path planCache, int graphs, Progress progress, DoubleConsumer timings) {

    private static final int GRAPHS = 8;
    private static final String PROFILE = "profile.";
    private static final List<String> KEYS =
            List.of("optLevel", "refit", "workspace", "tf32", "cudaGraphs", "planCache", "progress", "timings");

    LoadOptions {
        if (graphs < 0) {
            throw new IllegalArgumentException(
                    "cudaGraphs must be true, false or how many shapes to keep, found " + graphs);
        }
    }

    /**
     * @param options null for none
     * @throws IllegalArgumentException naming the option that is unknown or wrong, and what it takes
     */
    static LoadOptions parse(Map<String, ?> options) {
        Map<String, ?> given = options == null ? Map.of() : options;
        SortedMap<String, List<ShapeRange>> profiles = new TreeMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(PROFILE) && key.length() > PROFILE.length()) {
                profiles.put(key.substring(PROFILE.length()), ranges(key, value));
            } else if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "engine TensorRT knows no option '" + key + "'; there are profile.<input> and " + KEYS);
            }
        });
        BuildOptions build = new BuildOptions(
                profiles,
                (int) whole(given, "optLevel", 3),
                names(given.get("refit")),
                whole(given, "workspace", 0),
                truth(given, "tf32"));
        Object cache = given.get("planCache");
        return new LoadOptions(
                build,
                cache == null ? null : Path.of(cache.toString()),
                graphs(given.get("cudaGraphs")),
                object(given, "progress", Progress.class),
                object(given, "timings", DoubleConsumer.class));
    }

    private static List<ShapeRange> ranges(String key, Object value) {
        try {
            return Arrays.stream(value.toString().split(";"))
                    .map(ShapeRange::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private static long whole(Map<String, ?> options, String key, long otherwise) {
        Object value = options.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number, found '" + value + "'", e);
        }
    }

    private static boolean truth(Map<String, ?> options, String key) {
        Object value = options.get(key);
        String text = value == null ? "false" : value.toString();
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(key + " must be true or false, found '" + text + "'");
        }
        return text.equals("true");
    }

    private static int graphs(Object value) {
        String text = value == null ? "false" : value.toString();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true") ? GRAPHS : 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "cudaGraphs must be true, false or how many shapes to keep, found '" + text + "'", e);
        }
    }

    private static List<String> names(Object value) {
        if (value == null) {
            return List.of();
        }
        Stream<?> names = value instanceof Iterable<?> list
                ? StreamSupport.stream(list.spliterator(), false)
                : Arrays.stream(value.toString().split(","));
        return names.map(name -> name.toString().strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static <T> T object(Map<String, ?> options, String key, Class<T> type) {
        Object value = options.get(key);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(key + " must be a " + type.getName() + ", found a "
                    + value.getClass().getName());
        }
        return type.cast(value);
    }
}
