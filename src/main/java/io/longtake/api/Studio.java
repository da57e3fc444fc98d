package io.longtake.api;

import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.library.Audience;
import io.longtake.library.Library;
import io.longtake.library.LibraryVideo;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What the HTTP classes work with.
 *
 * @param library the videos
 * @param audience who watches them
 * @param models that videos can be ordered of
 * @param order sends a prompt event, and returns when Kafka has it
 * @param cancel sends a cancel event for a video, with the reason
 */
public record Studio(
        Library library,
        Audience audience,
        Catalogue models,
        Consumer<PromptEvent> order,
        BiConsumer<String, String> cancel) {

    private static volatile Studio opened;

    /** The platform was started before Quarkus: what it offers is handed over here. */
    public static void open(Studio studio) {
        opened = studio;
    }

    /** @throws Problem 503 if this process serves no videos */
    static Studio opened() {
        Studio studio = opened;
        if (studio == null) {
            throw Problem.of(
                    503, "no videos here", "this process serves no videos; ask one started with 'longtake up'");
        }
        return studio;
    }

    /** @throws Problem 404 if there is none */
    LibraryVideo video(String videoId) {
        return library.shelf().find(videoId).orElseThrow(() -> Problem.unknownVideo(videoId));
    }
}
