package io.longtake.cli;

import io.longtake.client.Cursor;
import io.longtake.client.Delivery;
import io.longtake.client.Fragment;
import io.longtake.client.Video;
import io.longtake.event.VideoEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Follows a video to its end: progress to the terminal, its file to the disk. */
final class Watch {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LAST_NEWS = Duration.ofSeconds(2);

    private Watch() {}

    /**
     * @param file takes the video's file
     * @param check throws if nobody will go on with the video
     * @throws IOException if the file cannot be written
     * @throws io.longtake.client.VideoEndedException if the video fails or is cancelled
     */
    static OutputFile.Finished video(Video video, OutputFile file, Progress progress, Runnable check)
            throws IOException {
        try (Cursor<VideoEvent> events = video.events().open();
                Cursor<Fragment> fragments = video.file().open()) {
            while (!fragments.isDone()) {
                check.run();
                tell(events, Duration.ZERO, progress);
                Optional<Delivery<Fragment>> fragment = fragments.poll(POLL);
                if (fragment.isPresent()) {
                    file.write(fragment.get().item());
                }
            }
            // The video's last news may come a moment after its last fragment.
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
