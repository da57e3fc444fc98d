package io.longtake.api;

/**
 * Where a reverse proxy has put this server, as it says with each request: before all addresses that an answer names.
 *
 * @param text begins with a slash and ends without one; empty: at the root
 */
record PathPrefix(String text) {

    static final String HEADER = "X-Forwarded-Prefix";

    /** At the root. */
    static final PathPrefix NONE = new PathPrefix("");

    /** Two slashes at the beginning would name another host. */
    private static final String PATTERN = "(/[A-Za-z0-9._~-]+)*/?";

    /**
     * @param header may be null
     * @throws Problem 400 if that is no path
     */
    static PathPrefix of(String header) {
        if (header == null) {
            return NONE;
        }
        if (!isOne(header)) {
            throw Problem.field(HEADER, header, "must be a path such as /longtake");
        }
        return new PathPrefix(header.replaceAll("/$", ""));
    }

    static boolean isOne(String header) {
        return header.matches(PATTERN);
    }
}
