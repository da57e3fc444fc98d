package io.longtake.diffusion;

/**
 * Pairs of random words to pairs of standard normal numbers: sqrt(-2 ln u) (cos 2 pi v, sin 2 pi v).
 *
 * <p>Logarithm, sine and cosine are short series in plain double arithmetic, good to 1e-10: exact to the bit on every machine
 * (Math.log and its like need not be), and ten times faster than StrictMath. An upsampler draws ten million numbers a
 * second of video, so each step is a loop of its own over all lanes: what is arithmetic alone becomes vector instructions.
 */
final class BoxMuller {

    private static final double TURN = Math.PI / 2 / (1 << 30);
    private static final double LN2 = 0.6931471805599453;
    /** Bits of sqrt(1/2): mantissas lie between it and sqrt(2). */
    private static final long ROOT_HALF = 0x3FE6A09E667F3BCDL;

    private final double[] mantissa = new double[Philox.LANES];
    private final double[] exponent = new double[Philox.LANES];
    private final double[] radius = new double[Philox.LANES];
    private final double[] angle = new double[Philox.LANES];
    private final double[] cos = new double[Philox.LANES];
    private final double[] sin = new double[Philox.LANES];

    /** Lane i makes {@code out[at + 4 * i]} and the number after it. */
    void pairs(long[] first, long[] second, float[] out, int at) {
        split(first);
        radii();
        angles(second);
        points();
        place(second, out, at);
    }

    /** u = mantissa * 2^exponent, in (0, 1]: never 0, so its logarithm is finite. */
    private void split(long[] words) {
        for (int i = 0; i < words.length; i++) {
            long bits = Double.doubleToRawLongBits((words[i] + 1) * 0x1p-32);
            long power = bits - ROOT_HALF >> 52;
            exponent[i] = power;
            mantissa[i] = Double.longBitsToDouble(bits - (power << 52));
        }
    }

    /** sqrt(-2 ln u), where ln m = 2 artanh s = 2 (s + s^3 / 3 + …) of s = (m - 1) / (m + 1). */
    private void radii() {
        for (int i = 0; i < radius.length; i++) {
            double s = (mantissa[i] - 1) / (mantissa[i] + 1);
            double q = s * s;
            double series = 1.0 / 13;
            series = 1.0 / 11 + q * series;
            series = 1.0 / 9 + q * series;
            series = 1.0 / 7 + q * series;
            series = 1.0 / 5 + q * series;
            series = 1.0 / 3 + q * series;
            radius[i] = Math.sqrt(-2 * (exponent[i] * LN2 + 2 * s * (1 + q * series)));
        }
    }

    /** 2 pi v = quarter turns, which come in last, and an angle of -pi/4 … pi/4. */
    private void angles(long[] words) {
        for (int i = 0; i < words.length; i++) {
            angle[i] = ((shifted(words[i]) & 0x3FFFFFFF) - (1 << 29)) * TURN;
        }
    }

    private void points() {
        for (int i = 0; i < angle.length; i++) {
            double q = angle[i] * angle[i];
            double even = 1.0 / 479001600;
            even = -1.0 / 3628800 + q * even;
            even = 1.0 / 40320 + q * even;
            even = -1.0 / 720 + q * even;
            even = 1.0 / 24 + q * even;
            even = -1.0 / 2 + q * even;
            double odd = -1.0 / 39916800;
            odd = 1.0 / 362880 + q * odd;
            odd = -1.0 / 5040 + q * odd;
            odd = 1.0 / 120 + q * odd;
            odd = -1.0 / 6 + q * odd;
            cos[i] = radius[i] * (1 + q * even);
            sin[i] = radius[i] * angle[i] * (1 + q * odd);
        }
    }

    private void place(long[] words, float[] out, int at) {
        for (int i = 0; i < words.length; i++) {
            int quarter = shifted(words[i]) >>> 30;
            boolean swap = (quarter & 1) != 0;
            double x = swap ? sin[i] : cos[i];
            double y = swap ? cos[i] : sin[i];
            out[at + 4 * i] = (float) (quarter == 1 || quarter == 2 ? -x : x);
            out[at + 4 * i + 1] = (float) (quarter >= 2 ? -y : y);
        }
    }

    /** An eighth of a turn on, so that whole quarters lie in the two upper bits. */
    private static int shifted(long word) {
        return (int) word + (1 << 29);
    }
}
