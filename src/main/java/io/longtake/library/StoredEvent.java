package io.longtake.library;

import io.longtake.event.VideoEvent;

/**
 * One event of a video.
 *
 * @param id its place in Kafka, the same for whoever reads it and whenever; grows within a video
 */
public record StoredEvent(long id, VideoEvent event) {}
