package io.longtake.cli;

import io.longtake.api.VideoServices;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.Catalogue;
import io.longtake.event.PromptEvent;
import io.longtake.library.Library;
import io.longtake.library.Viewers;

/**
 * The videos of a platform, for HTTP.
 *
 * @param client says what people ask for; closed with this
 */
record PlatformVideos(Library library, Viewers viewers, Catalogue models, LongtakeClient client)
        implements VideoServices, AutoCloseable {

    @Override
    public void order(PromptEvent event) {
        client.send(new Prompt(event));
    }

    @Override
    public void cancel(String videoId, String reason) {
        client.video(videoId).cancel(reason);
    }

    @Override
    public void close() {
        client.close();
    }
}
