package io.longtake.client;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FragmentChunk;
import java.nio.ByteBuffer;

/** Fragments of videos, whose first bytes tell which fragment they are. */
final class Fragments {

    private Fragments() {}

    static FragmentChunk fragment(String videoId, int fragment, int chunk, int count, boolean last) {
        byte[] bytes = new byte[chunk < count - 1 ? Chunks.LIMIT : 2];
        bytes[0] = (byte) fragment;
        bytes[1] = (byte) chunk;
        ByteBuffer data = ByteBuffer.wrap(bytes);
        return FragmentChunk.newBuilder()
                .setVideoId(videoId)
                .setFragment(fragment)
                .setFirstFrame(Math.max(0, fragment - 1))
                .setFrameCount(fragment == 0 ? 0 : 1)
                .setContainer("mp4")
                .setLast(last)
                .setChunk(chunk)
                .setChunkCount(count)
                .setCrc32c(Checksum.of(data))
                .setData(data)
                .build();
    }
}
