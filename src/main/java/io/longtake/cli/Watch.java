package io.longtake.cli;

import io.longtake.client.FilmSubscription;
import io.longtake.client.LongtakeClient;
import io.longtake.client.VideoEvents;
import io.longtake.event.FilmFragment;
import io.longtake.event.VideoEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Follows a film to its end: progress to the terminal, fragments to the file. */
final class Watch {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LAST_NEWS = Duration.ofSeconds(2);

    private Watch() {}

    /**
     * @throws FilmEndedException if the film fails or is cancelled
     */
    static FilmFile.Finished film(LongtakeClient client, String videoId, Path output, Progress progress)
            throws IOException {
        try (FilmFile file = FilmFile.create(output);
                VideoEvents events = client.events(videoId);
                FilmSubscription film = client.film(videoId)) {
            while (!film.isDone()) {
                for (Optional<VideoEvent> event = events.poll(Duration.ZERO);
                        event.isPresent();
                        event = events.poll(Duration.ZERO)) {
                    progress.on(event.get());
                    refuseEnd(event.get());
                }
                Optional<FilmFragment> fragment = film.poll(POLL);
                if (fragment.isPresent()) {
                    file.write(fragment.get());
                }
            }
            tellTheRest(events, progress);
            return file.finish();
        }
    }

    /** The film's last news may come a moment after its last fragment. */
    private static void tellTheRest(VideoEvents events, Progress progress) {
        Optional<VideoEvent> event = events.poll(LAST_NEWS);
        while (event.isPresent() && !events.isDone()) {
            progress.on(event.get());
            event = events.poll(LAST_NEWS);
        }
        event.ifPresent(progress::on);
    }

    private static void refuseEnd(VideoEvent event) {
        switch (event.getKind()) {
            case FAILED -> throw new FilmEndedException("the film failed: " + event.getMessage());
            case CANCELLED -> throw new FilmEndedException("the film was cancelled after " + event.getFrames()
                    + " frames" + (event.getMessage().isEmpty() ? "" : ": " + event.getMessage()));
            default -> {}
        }
    }
}
