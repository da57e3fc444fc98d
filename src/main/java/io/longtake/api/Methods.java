package io.longtake.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The methods of each address, which an answer of 405 must name (RFC 9110, section 15.5.6) and the framework does not; to
 * OPTIONS the framework would name those of other addresses, too.
 */
@ApplicationScoped
public class Methods {

    /** Behind Quarkus' filter for CORS, which answers preflights. */
    private static final int BEHIND_CORS = 200;

    private static final String GET = "GET, HEAD, OPTIONS";

    /** The first that matches. */
    private static final Map<String, String> OF = new LinkedHashMap<>();

    static {
        OF.put("/v1/models(/[^/]+)?", GET);
        OF.put("/v1/videos", "GET, HEAD, POST, OPTIONS");
        OF.put("/v1/videos/sync", "POST, OPTIONS");
        OF.put("/v1/videos/[^/]+", "GET, HEAD, DELETE, OPTIONS");
        OF.put("/v1/videos/[^/]+/(cancel|playhead)", "POST, OPTIONS");
        OF.put("/v1/videos/[^/]+/.+", GET);
    }

    void register(@Observes Filters filters) {
        filters.register(Methods::options, BEHIND_CORS);
    }

    /** For the field Allow. */
    static String of(String path) {
        return known(path).orElse(GET);
    }

    private static Optional<String> known(String path) {
        String plain = "/" + path.replaceAll("^/|/$", "");
        return OF.entrySet().stream()
                .filter(address -> plain.matches(address.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void options(RoutingContext context) {
        Optional<String> methods =
                context.request().method() == HttpMethod.OPTIONS ? known(context.normalizedPath()) : Optional.empty();
        if (methods.isEmpty()) {
            context.next();
            return;
        }
        context.response().putHeader(HttpHeaders.ALLOW, methods.get()).end();
    }
}
