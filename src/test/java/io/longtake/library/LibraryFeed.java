package io.longtake.library;

import io.longtake.event.FilmFragment;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvent;

/** The librarian's place, for tests that have no Kafka. */
public record LibraryFeed(Library library) {

    public void prompt(PromptEvent event, long at) {
        library.take(event, at);
    }

    public void event(VideoEvent event, long offset) {
        library.take(event, offset);
    }

    public void piece(String videoId, int number, int frames, boolean last, byte[] bytes) {
        piece(videoId, "mp4", number, frames, last, bytes);
    }

    public void piece(String videoId, String container, int number, int frames, boolean last, byte[] bytes) {
        FilmFragment fragment = new Records(videoId).fragment(number, frames, 0, 1, last, bytes);
        library.take(FilmFragment.newBuilder(fragment).setContainer(container).build(), 0);
    }

    public void save() {
        library.save();
    }
}
