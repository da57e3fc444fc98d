package io.longtake.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets pages of other sites change nothing here. A browser sends some requests of theirs without asking the server, and says
 * with each where it comes from: {@code Origin}. A WebSocket is none of what CORS is about, so it is looked at here, too.
 */
@ApplicationScoped
public class OriginCheck {

    /** Before the body is read. */
    static final int FIRST = BodyLimit.FIRST + 1;

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private final List<String> allowed;

    /** @param allowed origins that the operator allows; one between slashes is a regular expression: Quarkus' own setting */
    OriginCheck(@ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> allowed) {
        this.allowed = allowed.orElse(List.of());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || isHarmless(request) || isOwn(origin, request) || isAllowed(origin)) {
            context.next();
            return;
        }
        // a body is not read: no other request can follow it
        Problem.of(
                        403,
                        "foreign origin",
                        "a page of " + ProblemDocument.Fault.shown(origin)
                                + " may not do this here: name it in quarkus.http.cors.origins if it should; if it is this server's"
                                + " own page, the proxy before it must pass on Host")
                .header("Connection", "close")
                .answer(context.response());
    }

    private static boolean isHarmless(HttpServerRequest request) {
        return SAFE.contains(request.method()) && !"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /** A proxy may have put another name into Host; what a browser and a proxy say then, a foreign page cannot set without asking first. */
    private static boolean isOwn(String origin, HttpServerRequest request) {
        if ("same-origin".equals(request.getHeader("Sec-Fetch-Site"))) {
            return true;
        }
        String from = origin.replaceFirst("^https?://", "");
        return Stream.of(request.getHeader(HttpHeaders.HOST), request.getHeader("X-Forwarded-Host"))
                .anyMatch(from::equalsIgnoreCase);
    }

    private boolean isAllowed(String origin) {
        return allowed.stream()
                .anyMatch(one -> one.equals("*")
                        || one.equalsIgnoreCase(origin)
                        || one.length() > 1
                                && one.startsWith("/")
                                && one.endsWith("/")
                                && origin.matches(one.substring(1, one.length() - 1)));
    }
}
