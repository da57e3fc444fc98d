package io.longtake.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Turns bodies away that say themselves that they are too large, before a byte of them is read. */
@ApplicationScoped
public class BodyLimit {

    /** No request of this API comes near. */
    static final int BYTES = 64 * 1024;

    static final String DETAIL = "the body is larger than " + BYTES + " bytes, the limit";

    /** Before Quarkus' own limit, which says nothing. */
    static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(BodyLimit::check, FIRST);
    }

    /** @throws Problem 413 if a body that did not tell its length was too large */
    static byte[] check(byte[] body) {
        if (body.length > BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || length.length() < 10 && Integer.parseInt(length) <= BYTES) {
            context.next();
            return;
        }
        // the rest of the body is not read: no other request can follow it
        tooLarge().header("Connection", "close").answer(context.response());
    }

    private static Problem tooLarge() {
        return Problem.of(413, "body too large", DETAIL);
    }
}
