package io.longtake.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longtake.library.LibraryVideo;
import java.nio.charset.StandardCharsets;

/**
 * The playlists of videos as they stand, each written once: whoever asks while a video stands so gets the same bytes. One per
 * video and start, of the videos that are asked for. For many threads.
 */
final class PlaylistTexts {

    private static final int KEPT = 64;

    private final Cache<Place, Text> texts =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private record Place(String videoId, Playlist.PlaylistStart start, boolean delta) {}

    /** UTF-8; shared by all who ask: not to be changed. */
    byte[] text(LibraryVideo video, Playlist.PlaylistStart start, boolean delta) {
        Playlist wanted = new Playlist(video.fragments(), video.history().frameRate(), video.over(), start, delta);
        return texts.asMap()
                .compute(
                        new Place(video.id(), start, delta),
                        (place, kept) -> kept != null && kept.says(wanted) ? kept : new Text(wanted))
                .bytes();
    }

    /** Written by the first who wants it; the others wait for that, and nobody else does. */
    private static final class Text {

        private final Playlist playlist;
        private byte[] bytes;

        Text(Playlist playlist) {
            this.playlist = playlist;
        }

        /** A list of fragments never changes, and a longer one is another. */
        boolean says(Playlist other) {
            return playlist.fragments() == other.fragments()
                    && playlist.frameRate() == other.frameRate()
                    && playlist.over() == other.over();
        }

        synchronized byte[] bytes() {
            if (bytes == null) {
                bytes = playlist.text().getBytes(StandardCharsets.UTF_8);
            }
            return bytes;
        }
    }
}
