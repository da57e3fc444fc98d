package io.longtake.api;

/** Numbers in addresses: read here, so that a wrong one is told by its name. */
final class Numbers {

    private Numbers() {}

    /** The largest that is read, which is more than there is of anything that is numbered. */
    static final String MAX = "999999999";

    /** @throws Problem 400 if the text is not a whole number from 0 */
    static int whole(String field, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw Problem.field(field, text, "must be a whole number from 0");
        }
        return Integer.parseInt(text);
    }

    /** @throws Problem 400 if the text is not a whole number from {@code low}, which is above 0 */
    static int from(int low, String field, String text) {
        int number = whole(field, text);
        if (number < low) {
            throw Problem.field(field, text, "must be a whole number from " + low);
        }
        return number;
    }
}
