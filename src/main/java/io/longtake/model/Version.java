package io.longtake.model;

import java.math.BigInteger;
import java.nio.file.Path;

/** A version as people order them: runs of digits by value, so that 10 comes after 9; the rest by letters. */
public record Version(String text) implements Comparable<Version> {

    static Version of(Path folder) {
        return new Version(folder.getFileName().toString());
    }

    @Override
    public int compareTo(Version other) {
        String[] mine = parts();
        String[] theirs = other.parts();
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int order = compare(mine[i], theirs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    /** Runs of digits and runs of other characters, in turn. */
    private String[] parts() {
        return text.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
    }

    private static int compare(String a, String b) {
        boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
        return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }
}
