package io.longtake.client;

import io.longtake.event.Checksum;
import io.longtake.event.FilmFragment;
import java.nio.ByteBuffer;

/** Small pieces of films, whose bytes tell which piece they are. */
final class FilmPieces {

    private FilmPieces() {}

    static FilmFragment piece(String videoId, int fragment, int chunk, int count, boolean last) {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {(byte) fragment, (byte) chunk});
        return FilmFragment.newBuilder()
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
