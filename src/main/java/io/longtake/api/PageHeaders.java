package io.longtake.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What a browser is told with the page at {@code /} and its files: it may ask this server for things and nobody else, runs
 * no script that is not a file of ours, and asks whether its copy is still good, so that a page is never older than its
 * server.
 */
@ApplicationScoped
public class PageHeaders {

    /** Media come through a MediaSource, whose address is a blob. */
    static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final String LIBRARIES = "/webjars/";
    private static final String PAGE = "/page/";

    void register(@Observes Filters filters) {
        filters.register(PageHeaders::add, BodyLimit.FIRST - 1);
    }

    private static void add(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/") || path.equals("/index.html") || path.startsWith(PAGE) || path.startsWith(LIBRARIES)) {
            HttpServerResponse response = context.response();
            response.putHeader("Content-Security-Policy", POLICY)
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("X-Content-Type-Options", "nosniff");
            response.headersEndHandler(sent -> response.putHeader(
                    HttpHeaders.CACHE_CONTROL,
                    // a library's address has its version in it; that it is not here may change
                    path.startsWith(LIBRARIES) && response.getStatusCode() < 400
                            ? "public, max-age=31536000, immutable"
                            : "no-cache"));
        }
        context.next();
    }
}
