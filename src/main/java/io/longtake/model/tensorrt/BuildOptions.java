package io.longtake.model.tensorrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What changes the plan, and so belongs to its key.
 *
 * @param profiles for each input whose sizes the caller chooses, one range a profile
 * @param optLevel how long TensorRT looks for fast kernels: 0 (not at all) to 5
 * @param refit names of replaceable weights; one that ends with * stands for all that begin so
 * @param workspace bytes that a kernel may use at most; 0: all there are
 * @param tf32 whether products of float32 may round their factors to 10 bits: faster, and no longer what the graph says
 */
record BuildOptions(
        SortedMap<String, List<ShapeRange>> profiles, int optLevel, List<String> refit, long workspace, boolean tf32) {

    BuildOptions {
        profiles = Collections.unmodifiableSortedMap(new TreeMap<>(profiles));
        refit = List.copyOf(refit);
        if (optLevel < 0 || optLevel > 5) {
            throw new IllegalArgumentException("optLevel must be 0 to 5, found " + optLevel);
        }
        if (workspace < 0) {
            throw new IllegalArgumentException("workspace must be bytes, 0 for all there are, found " + workspace);
        }
        if (profiles.values().stream().map(List::size).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "every input must have as many profiles as the others, found " + profiles);
        }
    }

    /** How many profiles were asked for; 0 leaves it to TensorRT, which takes a graph of fixed sizes only. */
    int profileCount() {
        return profiles.isEmpty() ? 0 : profiles.get(profiles.firstKey()).size();
    }

    /** Which of a graph's weights are to be replaceable. */
    List<String> refittable(List<String> weights) {
        List<String> chosen = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String wanted : refit) {
            List<String> found = weights.stream()
                    .filter(weight -> wanted.endsWith("*")
                            ? weight.startsWith(wanted.substring(0, wanted.length() - 1))
                            : weight.equals(wanted))
                    .filter(weight -> !chosen.contains(weight))
                    .toList();
            if (found.isEmpty() && weights.stream().noneMatch(wanted::equals)) {
                unknown.add(wanted);
            }
            chosen.addAll(found);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("refit: the graph has no weights named " + unknown);
        }
        return chosen;
    }

    /** The same text for the same options, whatever order they came in. */
    String canonical() {
        return "profiles=" + profiles + " optLevel=" + optLevel + " refit="
                + refit.stream().sorted().toList() + " workspace=" + workspace + " tf32=" + tf32;
    }

    static BuildOptions defaults() {
        return new BuildOptions(new TreeMap<>(Map.of()), 3, List.of(), 0, false);
    }
}
