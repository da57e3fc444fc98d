package io.longtake.library;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FragmentChunk;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Records of one video, as the platform writes them; a segment has 24 frames. */
public record Records(String videoId) {

    private static final int FRAMES = 24;

    public PromptEvent prompt(String text) {
        return PromptEvent.newBuilder()
                .setVideoId(videoId)
                .setScenes(Scenes.only(Scene.newBuilder().setPrompt(text).build()))
                .setSeconds(2)
                .build();
    }

    public VideoEvent accepted(long totalFrames, int frameRate) {
        return VideoEvent.newBuilder(event(VideoEventKind.ACCEPTED, 0))
                .setTotalFrames(totalFrames)
                .setFrameRate(frameRate)
                .setStages(List.of("keyframes", "decode"))
                .build();
    }

    public VideoEvent event(VideoEventKind kind, long frames) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(kind)
                .setFrames(frames)
                .setAt(Instant.ofEpochMilli(5_000))
                .build();
    }

    public FragmentChunk header() {
        return fragment(0, 0, 0, 1, false, bytes(0));
    }

    public FragmentChunk segment(int segment, int frames, boolean last) {
        return fragment(segment + 1, frames, 0, 1, last, bytes(segment + 1));
    }

    /** A header so large that it takes two records. */
    List<FragmentChunk> large() {
        byte[] first = new byte[Chunks.LIMIT];
        Arrays.fill(first, (byte) 1);
        return List.of(fragment(0, 0, 0, 2, false, first), fragment(0, 0, 1, 2, false, new byte[] {2}));
    }

    /** A segment so large that it takes two records. */
    List<FragmentChunk> large(int fragment) {
        byte[] first = new byte[Chunks.LIMIT];
        return List.of(
                fragment(fragment, FRAMES, 0, 2, false, first),
                fragment(fragment, FRAMES, 1, 2, false, bytes(fragment)));
    }

    static byte[] bytes(int fragment) {
        return new byte[] {(byte) fragment, 1};
    }

    FragmentChunk fragment(int fragment, int frames, int chunk, int count, boolean last, byte[] bytes) {
        return FragmentChunk.newBuilder()
                .setVideoId(videoId)
                .setFragment(fragment)
                .setFirstFrame(Math.max(0, fragment - 1) * (long) FRAMES)
                .setFrameCount(frames)
                .setContainer("mp4")
                .setLast(last)
                .setChunk(chunk)
                .setChunkCount(count)
                .setCrc32c(Checksum.of(bytes))
                .setData(ByteBuffer.wrap(bytes))
                .build();
    }
}
