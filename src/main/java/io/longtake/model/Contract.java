package io.longtake.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Holds what goes into a graph and what comes out of it against the manifest. One per call: it remembers named axes. */
final class Contract {

    private final GraphSpec spec;
    private final Map<String, Integer> axes = new HashMap<>();

    Contract(GraphSpec spec) {
        this.spec = spec;
    }

    /** The names that the file itself gives its inputs. */
    static void names(GraphSpec spec, Set<String> inFile) {
        if (!inFile.equals(spec.inputs().keySet())) {
            throw new GraphException(String.format(
                    Locale.ROOT,
                    "%s: its manifest expects inputs %s, found %s",
                    spec.file(),
                    spec.inputs().keySet(),
                    inFile));
        }
    }

    void inputs(Map<String, int[]> found) {
        check("input", spec.inputs(), found);
    }

    void outputs(Map<String, int[]> found) {
        check("output", spec.outputs(), found);
    }

    private void check(String kind, Map<String, TensorSpec> expected, Map<String, int[]> found) {
        if (!found.keySet().equals(expected.keySet())) {
            throw new GraphException(String.format(
                    Locale.ROOT,
                    "%s: expected %ss %s, found %s",
                    spec.file(),
                    kind,
                    expected.keySet(),
                    found.keySet()));
        }
        expected.forEach((name, tensor) -> {
            if (!tensor.fits(found.get(name), axes)) {
                throw new GraphException(String.format(
                        Locale.ROOT,
                        "%s: expected %s %s of shape %s, found %s",
                        spec.file(),
                        kind,
                        name,
                        tensor.shape(),
                        Arrays.toString(found.get(name))));
            }
        });
    }
}
