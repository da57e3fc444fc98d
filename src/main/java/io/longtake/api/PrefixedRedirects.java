package io.longtake.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Quarkus' own redirects, such as that from {@code /q/swagger-ui} to the page: they, too, stay below the path of a {@link PathPrefix}. */
@ApplicationScoped
public class PrefixedRedirects {

    void register(@Observes Filters filters) {
        filters.register(PrefixedRedirects::add, BodyLimit.FIRST - 2);
    }

    private static void add(RoutingContext context) {
        String said = context.request().getHeader(PathPrefix.HEADER);
        if (said != null) {
            context.addHeadersEndHandler(sent -> prefix(said, context.response()));
        }
        context.next();
    }

    private static void prefix(String said, HttpServerResponse response) {
        String to = response.headers().get(HttpHeaders.LOCATION);
        if (to != null && to.startsWith("/") && response.getStatusCode() / 100 == 3 && PathPrefix.isOne(said)) {
            response.putHeader(HttpHeaders.LOCATION, PathPrefix.of(said).text() + to);
        }
    }
}
