package io.longtake.cli;

import io.longtake.client.Cursor;
import io.longtake.client.Delivery;
import io.longtake.client.Film;
import io.longtake.client.FilmPiece;
import io.longtake.event.VideoEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Follows a film to its end: progress to the terminal, its file to the disk. */
final class Watch {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LAST_NEWS = Duration.ofSeconds(2);

    private Watch() {}

    /**
     * @param check throws if nobody will go on with the film
     * @throws io.longtake.client.FilmEndedException if the film fails or is cancelled
     */
    static FilmFile.Finished film(Film film, Path output, Progress progress, Runnable check) throws IOException {
        try (FilmFile file = FilmFile.create(output);
                Cursor<VideoEvent> events = film.events().open();
                Cursor<FilmPiece> pieces = film.file().open()) {
            while (!pieces.isDone()) {
                check.run();
                tell(events, Duration.ZERO, progress);
                Optional<Delivery<FilmPiece>> piece = pieces.poll(POLL);
                if (piece.isPresent()) {
                    file.write(piece.get().item());
                }
            }
            // The film's last news may come a moment after its last piece.
            tell(events, LAST_NEWS, progress);
            return file.finish();
        }
    }

    private static void tell(Cursor<VideoEvent> events, Duration patience, Progress progress) {
        for (Optional<Delivery<VideoEvent>> event = events.poll(patience);
                event.isPresent();
                event = events.poll(patience)) {
            progress.on(event.get().item());
        }
    }
}
