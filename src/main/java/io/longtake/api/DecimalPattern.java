package io.longtake.api;

import java.util.ArrayList;
import java.util.List;

/** Regular expressions for decimal numbers within a limit: JSON Schema has no other word for a string that says a number. */
final class DecimalPattern {

    private static final String FRACTION = "(\\.[0-9]{1,3})?";

    private DecimalPattern() {}

    /** From 1 to a whole number; up to three digits after the point. */
    static String upTo(int limit) {
        if (limit < 2) {
            return "^1$";
        }
        return "^((" + String.join("|", below(Integer.toString(limit))) + ")" + FRACTION + "|" + limit + ")$";
    }

    /** Whole numbers from 1 that are less: shorter ones, and those that differ first in some digit. */
    private static List<String> below(String limit) {
        List<String> alternatives = new ArrayList<>();
        int digits = limit.length();
        if (digits > 1) {
            alternatives.add("[1-9]" + any(0, digits - 2));
        }
        for (int i = 0; i < digits; i++) {
            int least = i == 0 ? 1 : 0;
            int most = limit.charAt(i) - '0' - 1;
            if (most >= least) {
                alternatives.add(
                        limit.substring(0, i) + "[" + least + "-" + most + "]" + any(digits - 1 - i, digits - 1 - i));
            }
        }
        return alternatives;
    }

    private static String any(int least, int most) {
        return most == 0 ? "" : "[0-9]{" + (least == most ? "" + least : least + "," + most) + "}";
    }
}
