package io.longtake.library;

import io.longtake.event.Chunks;
import io.longtake.event.FragmentChunk;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvent;
import java.util.Arrays;

/** The librarian's place, for tests that have no Kafka. */
public record LibraryFeed(Library library) {

    public void prompt(PromptEvent event, long at) {
        library.take(event, at);
    }

    public void event(VideoEvent event, long offset) {
        library.take(event, offset);
    }

    public void fragment(String videoId, int number, int frames, boolean last, byte[] bytes) {
        fragment(videoId, "mp4", number, frames, last, bytes);
    }

    public void fragment(String videoId, String container, int number, int frames, boolean last, byte[] bytes) {
        int count = Chunks.count(bytes.length);
        for (int chunk = 0; chunk < count; chunk++) {
            int from = chunk * Chunks.LIMIT;
            byte[] run = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Chunks.LIMIT));
            FragmentChunk record = new Records(videoId).fragment(number, frames, chunk, count, last, run);
            library.take(
                    FragmentChunk.newBuilder(record).setContainer(container).build(), 0);
        }
    }

    public void save() {
        library.save();
    }
}
