package io.longtake.library;

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
        library.take(new Records(videoId).fragment(number, frames, 0, 1, last, bytes), 0);
    }

    public void save() {
        library.save();
    }
}
