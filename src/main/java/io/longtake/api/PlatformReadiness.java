package io.longtake.api;

import io.longtake.platform.Platform;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** {@code /q/health/ready}: up when every role of this process does its work. Stops them with Quarkus. */
@Readiness
@ApplicationScoped
public class PlatformReadiness implements HealthCheck {

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

    @Override
    public HealthCheckResponse call() {
        Platform watched = platform;
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("platform").status(watched != null && watched.ready());
        if (watched != null) {
            response.withData("roles", String.join("; ", watched.describe()));
        }
        return response.build();
    }
}
