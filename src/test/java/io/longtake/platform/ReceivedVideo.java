package io.longtake.platform;

import io.longtake.client.Cursor;
import io.longtake.client.Delivery;
import io.longtake.client.Fragment;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A video that a test ordered and received: its file's bytes. */
record ReceivedVideo(PromptEvent order, byte[] bytes) {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    static PromptEvent.Builder prompt(String text, double seconds, long seed) {
        return PromptEvent.newBuilder()
                .setVideoId(UUID.randomUUID().toString())
                .setScenes(Scenes.only(
                        Scene.newBuilder().setPrompt(text).setSeed(seed).build()))
                .setSeconds(seconds);
    }

    static ReceivedVideo order(LongtakeClient client, PromptEvent event) {
        client.send(new Prompt(event));
        return receive(client, event);
    }

    /** Listens until the video is whole; fails with the platform's own reason if it never will be. */
    static ReceivedVideo receive(LongtakeClient client, PromptEvent event) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try (Cursor<Fragment> fragments =
                client.video(event.getVideoId()).file().open()) {
            while (!fragments.isDone()) {
                fragments
                        .poll(POLL)
                        .ifPresent(fragment -> file.writeBytes(fragment.item().bytes()));
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no whole video of " + event + " within " + DEADLINE);
                }
            }
        }
        return new ReceivedVideo(event, file.toByteArray());
    }

    /** Listens until an event of a kind. */
    static VideoEvent await(LongtakeClient client, String videoId, VideoEventKind kind) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        Optional<VideoEvent> last = Optional.empty();
        try (Cursor<VideoEvent> events = client.video(videoId).events().open()) {
            while (System.nanoTime() < deadline && !events.isDone()) {
                Optional<VideoEvent> event = events.poll(POLL).map(Delivery::item);
                if (event.isPresent() && event.get().getKind() == kind) {
                    return event.get();
                }
                last = event.isPresent() ? event : last;
            }
        }
        throw new AssertionError(
                String.format(Locale.ROOT, "no %s of %s within %s; the last event: %s", kind, videoId, DEADLINE, last));
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
}
