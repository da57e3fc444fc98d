package io.longtake.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;

/** Turns bodies away that say themselves that they are too large, before a byte of them is read. */
@ApplicationScoped
public class BodyLimit {

    /** No request of this API comes near. */
    static final int BYTES = 64 * 1024;

    static final String DETAIL = "the body is larger than " + BYTES + " bytes, the limit";

    /** Before Quarkus' own limit, which says nothing. */
    static final int FIRST = 1000;

    private static final ObjectMapper JSON = new ObjectMapper();

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
        try {
            context.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE.toString())
                    // the rest of the body is not read: no other request can follow it
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(JSON.writeValueAsString(tooLarge().document()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem tooLarge() {
        return Problem.of(413, "body too large", DETAIL);
    }
}
