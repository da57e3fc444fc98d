package io.longtake.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes a request wants (RFC 9110, section 14). What is not understood, and more than one range, is answered with the
 * whole, as the RFC allows.
 *
 * @param from first byte
 * @param to behind the last byte
 * @param partial whether the answer is 206
 */
record ByteRange(long from, long to, boolean partial) {

    private static final Pattern ONE =
            Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /**
     * @param header the field Range; may be null
     * @param length bytes that are there
     * @param growing whether more will come: then the last so many bytes are not known yet, and a range that asks for them
     *     is passed over
     * @throws Problem 416 if none of these bytes is there
     */
    static ByteRange of(String header, long length, boolean growing) {
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || range.group(1).isEmpty() && (range.group(2).isEmpty() || growing)) {
            return new ByteRange(0, length, false);
        }
        if (range.group(1).isEmpty()) {
            long last = Long.parseLong(range.group(2));
            if (last == 0) {
                throw unsatisfiable(header, length);
            }
            return new ByteRange(Math.max(0, length - last), length, true);
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty() ? length : Math.min(length, Long.parseLong(range.group(2)) + 1);
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < from) {
            return new ByteRange(0, length, false); // not valid, hence not there
        }
        if (from >= length) {
            throw unsatisfiable(header, length);
        }
        return new ByteRange(from, to, true);
    }

    long length() {
        return to - from;
    }

    /** The field Content-Range; the complete length of what still grows is unknown: {@code *}. */
    String contentRange(long length, boolean growing) {
        return "bytes " + from + "-" + (to - 1) + "/" + (growing ? "*" : Long.toString(length));
    }

    private static Problem unsatisfiable(String header, long length) {
        return Problem.of(
                        416,
                        "range not satisfiable",
                        "Range " + header + " begins behind the " + length + " bytes that are here")
                .header("Content-Range", "bytes */" + length);
    }
}
