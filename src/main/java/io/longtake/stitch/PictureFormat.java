package io.longtake.stitch;

import io.longtake.event.Checksum;
import io.longtake.event.FrameChunk;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.util.Locale;

/**
 * What a video's header says, and every batch of the video must agree with.
 *
 * @param extradata CRC-32C of the decoder's configuration
 */
record PictureFormat(Codec codec, int width, int height, int frameRate, long extradata) {

    static PictureFormat of(FrameChunk chunk) {
        return new PictureFormat(
                Codec.parse(chunk.getCodec()),
                chunk.getWidth(),
                chunk.getHeight(),
                chunk.getFrameRate(),
                Checksum.of(chunk.getExtradata()));
    }

    static PictureFormat of(EncodedBatch batch) {
        return new PictureFormat(
                batch.codec(), batch.width(), batch.height(), batch.frameRate(), Checksum.of(batch.extradata()));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %dx%d at %d frames/s, extradata %08x",
                codec.wireName(),
                width,
                height,
                frameRate,
                extradata);
    }
}
