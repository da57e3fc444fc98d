package io.longtake.cli;

import io.longtake.api.KnownWords;
import io.longtake.api.VideoServices;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.AdmissionControl;
import io.longtake.director.Catalogue;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.Principal;
import io.longtake.event.PromptEvent;
import io.longtake.library.Library;
import io.longtake.library.Viewers;
import java.time.Instant;

/**
 * The videos of a platform, for HTTP.
 *
 * @param client says what people ask for; closed with this
 */
record PlatformVideos(Library library, Viewers viewers, Catalogue models, KnownWords words, LongtakeClient client)
        implements VideoServices, AutoCloseable {

    @Override
    public AdmissionControl admission() {
        return AdmissionControl.open();
    }

    @Override
    public Instant order(Principal asker, PromptEvent event, CarriedHeaders cause) {
        return client.send(asker, new Prompt(event), cause).sentAt().orElseThrow();
    }

    @Override
    public void cancel(Principal asker, String videoId, String reason) {
        client.video(videoId).cancel(asker, reason);
    }

    @Override
    public void close() {
        client.close();
    }
}
