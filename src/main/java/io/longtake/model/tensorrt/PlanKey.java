package io.longtake.model.tensorrt;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a plan depends on. Another model, TensorRT, GPU or option is another plan.
 *
 * @param model the file's name, for whoever looks into the directory
 * @param modelDigest SHA-256 of the graph and its data files
 * @param options {@link BuildOptions#canonical}
 */
record PlanKey(
        String model, String modelDigest, String tensorRt, String gpu, String computeCapability, String options) {

    byte[] digest() {
        String text = String.join(
                "\n", modelDigest, "TensorRT " + tensorRt, gpu, "compute capability " + computeCapability, options);
        return ModelDigest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Name of the plan's file. */
    String file() {
        return plain(model) + "-" + HexFormat.of().formatHex(digest(), 0, 12) + ".plan";
    }

    /** Name of the file of timings, which any model on such a GPU may use. */
    String timings() {
        return plain(gpu) + "-sm" + computeCapability.replace(".", "") + "-" + tensorRt + ".timings";
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9._]+", "_");
    }
}
