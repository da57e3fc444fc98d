package io.longtake.library;

import io.longtake.event.VideoEvent;

/**
 * One event of a film.
 *
 * @param id its place in Kafka, the same for whoever reads it and whenever; grows within a film
 */
public record Happening(long id, VideoEvent event) {}
