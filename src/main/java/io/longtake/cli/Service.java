package io.longtake.cli;

import io.longtake.api.PlatformReadiness;
import io.longtake.platform.Platform;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform that runs until it is told to stop, with Quarkus around it for HTTP, health and metrics. */
final class Service {

    /** Of a service that nobody calls. */
    static final int NO_PORT = -1;

    private Service() {}

    static int run(Platform platform, int port) {
        PlatformReadiness.watch(platform);
        System.setProperty("quarkus.http.host-enabled", Boolean.toString(port != NO_PORT));
        if (port != NO_PORT) {
            System.setProperty("quarkus.http.port", Integer.toString(port));
        }
        AtomicInteger status = new AtomicInteger();
        Quarkus.run(null, (code, fault) -> {
            if (fault != null) {
                System.err.println("longtake: " + why(fault));
            }
            status.set(fault == null ? 0 : 1);
            // Quarkus closes the platform when it stops; not if it never started
            platform.close();
        });
        return status.get();
    }

    /** Quarkus' own words for that something is wrong, and what it is, as with a setting. */
    private static String why(Throwable fault) {
        Throwable first = fault;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first == fault ? fault.getMessage() : fault.getMessage() + ": " + first.getMessage();
    }
}
