package io.longtake.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an engine that compiles is told about a graph beside its file, as options of DJL's {@code Model.load}; the engine's own
 * documentation says what it knows. ONNX Runtime compiles nothing, and may be told {@link #THREADS} only.
 */
@FunctionalInterface
public interface EngineOptions {

    /** Threads of one call on a CPU, an Integer. Other bytes may come of another number than the usual one, so no video is made with it. */
    String THREADS = "threads";

    /** An engine does as it always does. */
    EngineOptions NONE = graph -> Map.of();

    /** Options of one graph. */
    Map<String, Object> of(GraphSpec graph);

    /** These options and others; the others win. */
    default EngineOptions and(EngineOptions others) {
        return graph -> {
            Map<String, Object> all = new LinkedHashMap<>(of(graph));
            all.putAll(others.of(graph));
            return all;
        };
    }

    /**
     * {@code profile.<input>}, as {@code min/opt/max} for each call that will come, with ; between: an engine then chooses its kernels
     * for these very sizes, and a call of another size is refused.
     *
     * @param calls shapes of all inputs, by name; one call at least
     */
    static Map<String, Object> profile(List<Map<String, int[]>> calls) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (String input : calls.get(0).keySet()) {
            options.put(
                    "profile." + input,
                    calls.stream().map(call -> exactly(call.get(input))).collect(Collectors.joining(";")));
        }
        return options;
    }

    /** The same options, where they say anything of sizes, for calls of these shapes too. */
    static Map<String, Object> alsoFor(Map<String, int[]> shapes, Map<String, Object> options) {
        Map<String, Object> all = new LinkedHashMap<>(options);
        shapes.forEach((input, shape) ->
                all.computeIfPresent("profile." + input, (key, sizes) -> sizes + ";" + exactly(shape)));
        return all;
    }

    private static String exactly(int[] shape) {
        String sizes = IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
        return sizes + "/" + sizes + "/" + sizes;
    }
}
