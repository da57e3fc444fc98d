package io.longtake.api;

import io.longtake.platform.Platform;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /q/health/ready}: up while every role of this process does its work. {@code /q/health/live}: up until one has failed
 * for good; the process ends then. Stops the roles with Quarkus.
 */
@ApplicationScoped
public class PlatformHealth {

    private static volatile Platform platform;

    /** The platform was started before Quarkus: it is handed over here. */
    public static void watch(Platform started) {
        platform = started;
    }

    /** Quarkus is told to stop, by Ctrl-C or SIGTERM: tasks are given back before the process goes. */
    void stop(@Observes ShutdownEvent event) {
        if (platform != null) {
            platform.close();
        }
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> answer("platform", Platform::ready);
    }

    @Produces
    @Liveness
    HealthCheck live() {
        return () -> answer("roles", started -> started.failure().isEmpty());
    }

    private static HealthCheckResponse answer(String name, Predicate<Platform> up) {
        Optional<Platform> started = Optional.ofNullable(platform);
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(name).status(started.filter(up).isPresent());
        started.ifPresent(some -> response.withData("roles", String.join("; ", some.describe())));
        started.flatMap(Platform::failure).ifPresent(reason -> response.withData("failure", reason));
        return response.build();
    }
}
