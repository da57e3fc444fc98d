package io.longtake.api;

import io.longtake.platform.Platform;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** {@code /q/health/ready}: up when every role of this process does its work. */
@Readiness
@ApplicationScoped
public class PlatformReadiness implements HealthCheck {

    private static volatile Platform platform;

    /** The platform was started before Quarkus: it is handed over here. */
    public static void watch(Platform started) {
        platform = started;
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
