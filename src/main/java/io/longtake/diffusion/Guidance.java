package io.longtake.diffusion;

import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which conditions a network is asked under, in one batched call, and how its answers combine. With c the prompt, n the
 * negative prompt and z_S the context frames:
 *
 * <pre>
 *   classifier-free guidance       f' = f(n, z_S) + g (f(c, z_S) - f(n, z_S))
 *   context guidance ([VLDM] Eq. 4) f' = f(c) + s (f(c, z_S) - f(c))
 *   both                            f' = f(n, z_S) + g (f(c, z_S) - f(n, z_S)) + (s - 1) (f(c, z_S) - f(c))
 * </pre>
 *
 * @param text the scale g; 1: the prompt alone, nothing to steer away from
 * @param context the scale s; 1: none
 */
public record Guidance(double text, double context) {

    /** No guidance at all: one call, one answer. */
    public static final Guidance NONE = new Guidance(1, 1);

    /**
     * One entry of the batch.
     *
     * @param prompted by the prompt; otherwise by the negative prompt
     * @param continued sees the context frames; otherwise c_s is zero
     */
    public record Condition(boolean prompted, boolean continued) {}

    private record Term(Condition condition, double weight) {}

    public Guidance {
        if (!(text >= 1 && context >= 1)) {
            throw new IllegalArgumentException(
                    "guidance scales must be at least 1, found " + text + " and " + context + " (context)");
        }
    }

    /** Conditions in batch order: negative prompt first, then the prompt, then the prompt without context. */
    public List<Condition> conditions() {
        return terms().stream().map(Term::condition).toList();
    }

    /** The weights of the answers in the guided prediction, in batch order; they sum to 1. */
    public float[] weights() {
        List<Term> terms = terms();
        float[] weights = new float[terms.size()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) terms.get(k).weight();
        }
        return weights;
    }

    /**
     * The guided prediction.
     *
     * @param answers of the network to {@link #conditions}, one after the other: (n * B, ...)
     * @return (B, ...)
     */
    public Tensor combine(Tensor answers) {
        int entries = answers.size(0) / conditions().size();
        return combine(Collections.nCopies(entries, this), answers);
    }

    /**
     * The guided predictions of B entries, each with scales of its own, all under the same n conditions.
     *
     * @param answers as above: every condition's B answers, one condition after the other
     */
    public static Tensor combine(List<Guidance> entries, Tensor answers) {
        int conditions = entries.get(0).conditions().size();
        if (conditions == 1) {
            return answers;
        }
        int[] shape = answers.shape().clone();
        shape[0] = entries.size();
        Tensor out = Tensor.zeros(shape);
        float[] sum = out.data();
        float[] from = answers.data();
        int size = sum.length / entries.size();
        for (int b = 0; b < entries.size(); b++) {
            float[] weights = entries.get(b).weights();
            for (int k = 0; k < conditions; k++) {
                int start = k * sum.length;
                for (int i = b * size; i < (b + 1) * size; i++) {
                    sum[i] += weights[k] * from[start + i];
                }
            }
        }
        return out;
    }

    /** The formulas above, sorted by answer; the weights sum to 1. */
    private List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        if (text != 1) {
            terms.add(new Term(new Condition(false, true), 1 - text));
        }
        terms.add(new Term(new Condition(true, true), text + context - 1));
        if (context != 1) {
            terms.add(new Term(new Condition(true, false), 1 - context));
        }
        return terms;
    }
}
