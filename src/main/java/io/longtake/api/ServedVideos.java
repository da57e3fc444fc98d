package io.longtake.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.core.HttpHeaders;

/** Gives the HTTP classes the videos of this process. While there are none, each of their requests is told so. */
@ApplicationScoped
public class ServedVideos {

    private final Served served;

    ServedVideos(Served served) {
        this.served = served;
    }

    /** Asked again at the next request if it fails. */
    @Produces
    @ApplicationScoped
    VideoServices videos() {
        return served.videos().orElseThrow(() -> Problem.of(
                        503,
                        "no videos here",
                        "this process serves no videos, or not yet; ask one started with 'longtake up' that is ready")
                .header(HttpHeaders.RETRY_AFTER, "5"));
    }
}
