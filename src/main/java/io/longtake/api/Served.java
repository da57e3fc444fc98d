package io.longtake.api;

import java.util.List;
import java.util.Optional;

/**
 * What this process does, with Quarkus around it for HTTP, health and metrics. One bean has this type, and all that HTTP works
 * with comes from there; HTTP listens before it is open.
 */
public interface Served {

    /** Whether it is open, and every role does its work. */
    boolean ready();

    /** Why this process had better end; empty while all is well. */
    Optional<String> failure();

    /** The roles, and how each is. */
    List<String> roles();

    /** The videos; empty if this process serves none, or is not open yet. */
    Optional<VideoServices> videos();
}
