package io.longtake.event;

import java.util.Set;

/**
 * Who asks. It comes in with a request, and goes with it as far as the record that is sent.
 *
 * @param tenant whose the videos are that it asks for; empty: nobody's in particular
 * @param rights what it may do
 */
public record Principal(String tenant, Set<Right> rights) {

    /** What one may ask for. */
    public enum Right {
        /** New videos, and more of those that are being made. */
        ORDER,
        /** That a video is stopped. */
        CANCEL,
        /** That a video is removed. */
        DELETE
    }

    /** Whoever reaches the platform without saying who it is: may do everything, as long as nobody asks. */
    public static final Principal ANONYMOUS = new Principal("", Set.of(Right.values()));

    private static final String TENANT = "[A-Za-z0-9._-]{0,64}";

    /** @throws IllegalArgumentException if the tenant is no plain name: it becomes part of records, meters and lines of logs */
    public Principal {
        if (!tenant.matches(TENANT)) {
            throw new IllegalArgumentException(
                    "tenant: expected up to 64 letters, digits, dots, underscores or hyphens, got \""
                            + Shortened.text(tenant, 64) + "\"");
        }
        rights = Set.copyOf(rights);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }
}
