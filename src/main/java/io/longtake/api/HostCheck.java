package io.longtake.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers only requests that are for this server. A page of another site can have its own name lead here (DNS rebinding): its
 * requests then look like those of our own page, except for the name in {@code Host}.
 */
@ApplicationScoped
public class HostCheck {

    /** Before everything else. */
    static final int FIRST = OriginCheck.FIRST + 1;

    private static final String ADDRESS = "[0-9.]+|\\[[0-9a-f:.]+\\]";

    /** A name without a dot, or below a domain that nobody can register (RFC 6761, RFC 6762, ICANN's resolution of 2024-07-29). */
    private static final String PRIVATE = "[a-z0-9_-]+|.+\\.(localhost|local|internal)";

    private final List<String> ours;

    /** @param ours further names of this server */
    HostCheck(@ConfigProperty(name = "longtake.http.hosts") Optional<List<String>> ours) {
        this.ours = ours.orElse(List.of()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        String host = context.request().getHeader(HttpHeaders.HOST);
        if (host == null && context.request().authority() != null) { // HTTP/2
            host = context.request().authority().host();
        }
        if (host == null || isOurs(host)) {
            context.next();
            return;
        }
        Problem.of(
                        421,
                        "unknown host",
                        "this server does not go by the name " + ProblemDocument.Fault.shown(host)
                                + ": name it in longtake.http.hosts (LONGTAKE_HTTP_HOSTS) if it should")
                .answer(context.response());
    }

    /** @param host with or without a port */
    boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "").replaceFirst("\\.$", "");
        return name.matches(ADDRESS) || name.matches(PRIVATE) || ours.contains(name);
    }
}
