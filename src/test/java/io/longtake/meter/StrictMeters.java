package io.longtake.meter;

import io.micrometer.core.instrument.MeterRegistry;

/** Meters as strict as those of production: a meter that is registered with other tags than before is an error. */
public final class StrictMeters {

    private StrictMeters() {}

    /** Of the registry that Quarkus brings; Micrometer has deprecated it for one that Quarkus does not use yet. */
    @SuppressWarnings("deprecation")
    public static MeterRegistry create() {
        return new io.micrometer.prometheus.PrometheusMeterRegistry(io.micrometer.prometheus.PrometheusConfig.DEFAULT)
                .throwExceptionOnRegistrationFailure();
    }

    /** What Prometheus is told of one that was made here. */
    @SuppressWarnings("deprecation")
    public static String scrape(MeterRegistry registry) {
        return ((io.micrometer.prometheus.PrometheusMeterRegistry) registry).scrape();
    }
}
