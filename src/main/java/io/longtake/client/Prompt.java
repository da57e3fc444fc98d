package io.longtake.client;

import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.ScheduledScene;
import io.longtake.event.VideoId;
import io.longtake.video.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Asks for one video: {@code Prompt.of("a drive at night").seconds(10).seed(7)}. Immutable; every method gives another
 * prompt. It names its video from the beginning, so sending it again, after an error too, asks for the same video.
 *
 * <p>What is checked here is what no platform takes. Each model has limits of its own; what is outside of them becomes an
 * event FAILED, which names field, value and limit.
 *
 * @param event what is sent; one that was made elsewhere is taken as it is
 * @param since no record of the video is older: its readers need not look further back
 */
public record Prompt(PromptEvent event, Instant since) {

    private static final double SECONDS = 4;

    /** @throws IllegalArgumentException if the video's id is no UUID in canonical form */
    public Prompt {
        VideoId.require(event.getVideoId());
    }

    /** As this event says, whenever it was made. */
    public Prompt(PromptEvent event) {
        this(event, Instant.EPOCH);
    }

    /** A new video of four seconds, by the default model, with seed 0, in H.264. */
    public static Prompt of(String text) {
        return new Prompt(
                PromptEvent.newBuilder()
                        .setVideoId(UUID.randomUUID().toString())
                        .setScenes(
                                Scenes.only(Scene.newBuilder().setPrompt(text).build()))
                        .setSeconds(SECONDS)
                        .build(),
                Instant.now());
    }

    /** The video's id, a UUID in canonical form. */
    public String id() {
        return event.getVideoId();
    }

    /**
     * The video of this id: whoever asks again, in another process too, asks for the same video.
     *
     * @param videoId a UUID in canonical form
     */
    public Prompt id(String videoId) {
        return new Prompt(change().setVideoId(VideoId.require(videoId)).build(), Instant.EPOCH);
    }

    /** Length of the video, above 0; its frames are this times the model's frame rate, rounded. */
    public Prompt seconds(double seconds) {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("seconds: expected a number above 0, got " + seconds);
        }
        return with(change().setSeconds(seconds));
    }

    /** Of the noise: the same prompt with the same seed is the same video, byte for byte. */
    public Prompt seed(long seed) {
        return with(scene().setSeed(seed));
    }

    /** Name of the model. */
    public Prompt model(String model) {
        return with(change().setModel(model));
    }

    /** What guidance steers away from. */
    public Prompt negative(String text) {
        return with(scene().setNegativePrompt(text));
    }

    /** How strongly the prompt is followed; 1: no guidance. The model's own unless said. */
    public Prompt guidance(double scale) {
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("guidance: expected a number, got " + scale);
        }
        return with(scene().setGuidance(scale));
    }

    /** Denoising steps of the keyframes, at least 1. The model's own unless said. */
    public Prompt steps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: expected at least 1, got " + steps);
        }
        return with(scene().setSteps(steps));
    }

    /** How the frames come: {@link Codec#H264}, or lossless, {@link Codec#FFV1} and {@link Codec#RAW}. */
    public Prompt codec(Codec codec) {
        return with(change().setCodec(codec.wireName()));
    }

    private PromptEvent.Builder change() {
        return PromptEvent.newBuilder(event);
    }

    /** What the video opens with. */
    private Scene.Builder scene() {
        return Scene.newBuilder(Scenes.first(event));
    }

    private Prompt with(Scene.Builder opening) {
        List<ScheduledScene> scenes = new ArrayList<>(event.getScenes());
        scenes.set(
                0,
                ScheduledScene.newBuilder(scenes.get(0))
                        .setScene(opening.build())
                        .build());
        return with(change().setScenes(scenes));
    }

    private Prompt with(PromptEvent.Builder changed) {
        return new Prompt(changed.build(), since);
    }
}
