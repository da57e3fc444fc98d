package io.longtake.api;

import io.longtake.api.ProblemDocument.Fault;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A parameter that is given has a value: the framework takes one without for one that is absent. */
public final class EmptyParameters {

    /** @throws Problem 400 naming each that has none */
    @ServerRequestFilter
    public void check(UriInfo address) {
        List<Fault> empty = address.getQueryParameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().contains(""))
                .map(parameter -> new Fault(parameter.getKey(), "", "is empty: give it a value, or leave it out"))
                .toList();
        if (!empty.isEmpty()) {
            throw Problem.fields(empty);
        }
    }
}
