package io.longtake.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /q/health/ready}: up while every role of this process does its work. {@code /q/health/live}: up until one has failed
 * for good; the process ends then.
 */
@ApplicationScoped
public class PlatformHealth {

    private final Served served;

    PlatformHealth(Served served) {
        this.served = served;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> answer("platform", served.ready());
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> answer("roles", served.failure().isEmpty());
    }

    private HealthCheckResponse answer(String name, boolean up) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(name).status(up).withData("roles", String.join("; ", served.roles()));
        served.failure().ifPresent(reason -> response.withData("failure", reason));
        return response.build();
    }
}
