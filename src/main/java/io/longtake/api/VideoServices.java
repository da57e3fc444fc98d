package io.longtake.api;

import io.longtake.director.AdmissionControl;
import io.longtake.director.Catalogue;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.Principal;
import io.longtake.event.PromptEvent;
import io.longtake.library.Library;
import io.longtake.library.LibraryVideo;
import io.longtake.library.Viewers;
import java.time.Instant;

/** What the HTTP classes work with: the videos of this process. */
public interface VideoServices {

    /** The videos. */
    Library library();

    /** Who watches them. */
    Viewers viewers();

    /** The models that videos can be ordered of. */
    Catalogue models();

    /** The words that these models know. */
    KnownWords words();

    /** Decides whether an order is taken; to be asked before it is sent. */
    AdmissionControl admission();

    /**
     * Sends a prompt event, and returns when Kafka has it.
     *
     * @param cause headers of what asks for it
     * @return the time of its record
     */
    Instant order(Principal asker, PromptEvent event, CarriedHeaders cause);

    /** Sends a cancel event for a video. */
    void cancel(Principal asker, String videoId, String reason);

    /** @throws Problem 404 if there is none */
    default LibraryVideo video(String videoId) {
        return library().videos().find(videoId).orElseThrow(() -> Problem.unknownVideo(videoId));
    }
}
