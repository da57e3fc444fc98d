package io.longtake.api;

import io.longtake.director.Catalogue;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.PromptEvent;
import io.longtake.library.Library;
import io.longtake.library.LibraryVideo;
import io.longtake.library.Viewers;
import java.util.function.BiConsumer;

/**
 * What the HTTP classes work with.
 *
 * @param library the videos
 * @param viewers who watches them
 * @param models that videos can be ordered of
 * @param order sends a prompt event, with the headers of what asks for it, and returns when Kafka has it
 * @param cancel sends a cancel event for a video, with the reason
 */
public record VideoServices(
        Library library,
        Viewers viewers,
        Catalogue models,
        BiConsumer<PromptEvent, CarriedHeaders> order,
        BiConsumer<String, String> cancel) {

    private static volatile VideoServices opened;

    /** The platform was started before Quarkus: what it offers is handed over here. */
    public static void open(VideoServices services) {
        opened = services;
    }

    /** @throws Problem 503 if this process serves no videos */
    static VideoServices opened() {
        VideoServices services = opened;
        if (services == null) {
            throw Problem.of(
                    503, "no videos here", "this process serves no videos; ask one started with 'longtake up'");
        }
        return services;
    }

    /** @throws Problem 404 if there is none */
    LibraryVideo video(String videoId) {
        return library.videos().find(videoId).orElseThrow(() -> Problem.unknownVideo(videoId));
    }
}
