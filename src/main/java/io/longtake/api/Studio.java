package io.longtake.api;

import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.library.Audience;
import io.longtake.library.Film;
import io.longtake.library.Library;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What the HTTP classes work with.
 *
 * @param library the films
 * @param audience who watches them
 * @param models that films can be ordered of
 * @param order sends a prompt event, and returns when Kafka has it
 * @param cancel sends a cancel event for a film, with the reason
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

    /** @throws Problem 503 if this process serves no films */
    static Studio opened() {
        Studio studio = opened;
        if (studio == null) {
            throw Problem.of(503, "no films here", "this process serves no films; ask one started with 'longtake up'");
        }
        return studio;
    }

    /** @throws Problem 404 if there is none */
    Film film(String videoId) {
        return library.shelf().find(videoId).orElseThrow(() -> Problem.unknownVideo(videoId));
    }
}
