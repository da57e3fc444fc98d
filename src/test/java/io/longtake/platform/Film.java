package io.longtake.platform;

import io.longtake.client.FilmSubscription;
import io.longtake.client.LongtakeClient;
import io.longtake.client.VideoEvents;
import io.longtake.event.FilmFragment;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** A film that a test ordered and received: its file's bytes. */
record Film(PromptEvent order, byte[] bytes) {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    static PromptEvent.Builder prompt(String text, double seconds, long seed) {
        return PromptEvent.newBuilder()
                .setVideoId(UUID.randomUUID().toString())
                .setPrompt(text)
                .setSeconds(seconds)
                .setSeed(seed);
    }

    static Film order(LongtakeClient client, PromptEvent event) {
        client.send(event);
        return receive(client, event);
    }

    /** Listens until the film is whole; fails with the platform's own reason if it never will be. */
    static Film receive(LongtakeClient client, PromptEvent event) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        long giveUp = System.nanoTime() + DEADLINE.toNanos();
        try (FilmSubscription film = client.film(event.getVideoId());
                VideoEvents events = client.events(event.getVideoId())) {
            while (!film.isDone()) {
                events.poll(Duration.ZERO).ifPresent(Film::requireNoFailure);
                Optional<FilmFragment> fragment = film.poll(POLL);
                fragment.ifPresent(part -> {
                    byte[] data = new byte[part.getData().remaining()];
                    part.getData().duplicate().get(data);
                    file.writeBytes(data);
                });
                if (System.nanoTime() > giveUp) {
                    throw new AssertionError("no whole film of " + event + " within " + DEADLINE);
                }
            }
        }
        return new Film(event, file.toByteArray());
    }

    /** Listens until an event of a kind. */
    static VideoEvent await(LongtakeClient client, String videoId, VideoEventKind kind) {
        long giveUp = System.nanoTime() + DEADLINE.toNanos();
        try (VideoEvents events = client.events(videoId)) {
            while (System.nanoTime() < giveUp) {
                Optional<VideoEvent> event = events.poll(POLL);
                if (event.isPresent() && event.get().getKind() == kind) {
                    return event.get();
                }
            }
        }
        throw new AssertionError("no " + kind + " of " + videoId + " within " + DEADLINE);
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    Path writeTo(Path file) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireNoFailure(VideoEvent event) {
        if (event.getKind() == VideoEventKind.FAILED) {
            throw new AssertionError("the film failed: " + event.getMessage());
        }
    }
}
