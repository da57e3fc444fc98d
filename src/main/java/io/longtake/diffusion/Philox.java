package io.longtake.diffusion;

/**
 * The counter-based generator Philox4x32-10 [Philox]: 128 bits of counter and 64 of key to 128 random bits. Any number of the
 * sequence can be had at once, so noise depends on what it is for and never on what was drawn before it.
 *
 * <p>Runs many counters side by side, each word of all of them in one array: loops over these are what the compiler turns into
 * vector instructions. The words are unsigned, so they are kept in longs.
 */
final class Philox {

    /** Counters that run side by side. */
    static final int LANES = 256;

    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final long WORD = 0xFFFFFFFFL;

    /** The four words of every lane, 0 … 2^32-1 each. */
    final long[][] words = new long[4][LANES];

    /** Makes the words of the counters (c0 + lane, c1, c2, c3) under a key. */
    void run(int c0, int c1, int c2, int c3, int k0, int k1) {
        for (int lane = 0; lane < LANES; lane++) {
            words[0][lane] = c0 + lane & WORD;
            words[1][lane] = c1 & WORD;
            words[2][lane] = c2 & WORD;
            words[3][lane] = c3 & WORD;
        }
        for (int round = 0; round < 10; round++) {
            round(words[0], words[1], words[2], words[3], k0 + round * W0 & WORD, k1 + round * W1 & WORD);
        }
    }

    private static void round(long[] x0, long[] x1, long[] x2, long[] x3, long k0, long k1) {
        for (int lane = 0; lane < LANES; lane++) {
            long p0 = M0 * x0[lane];
            long p1 = M1 * x2[lane];
            x0[lane] = p1 >>> 32 ^ x1[lane] ^ k0;
            x1[lane] = p1 & WORD;
            x2[lane] = p0 >>> 32 ^ x3[lane] ^ k1;
            x3[lane] = p0 & WORD;
        }
    }
}
