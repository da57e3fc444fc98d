package io.longtake.api;

/** Numbers in addresses: read here, so that a wrong one is told by its name. */
final class Numbers {

    private Numbers() {}

    /** @throws Problem 400 if the text is not a whole number from 0 */
    static int whole(String field, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw Problem.field(field, text, "must be a whole number from 0");
        }
        return Integer.parseInt(text);
    }
}
