package io.longtake.video;

import io.longtake.tensor.Frames;

/**
 * Gives back the frames of a batch as 8-bit RGB: what {@link FrameEncoder} was given, exactly for FFV1 and raw frames,
 * nearly for H.264. Raw frames need no FFmpeg. May be used by several threads.
 */
public final class FrameDecoder {

    private FrameDecoder() {}

    /**
     * All frames of a batch, {@code frameCount * height * width * 3} bytes; those of a raw batch are its own array.
     *
     * @throws IllegalArgumentException if they are more than an array can hold
     * @throws VideoException if the packets are not what the batch says, or FFmpeg fails
     * @throws LinkageError if FFmpeg is not there and the batch is coded
     */
    public static Frames decode(EncodedBatch batch) {
        return switch (batch.codec()) {
            case RAW -> new Frames(batch.frameCount(), batch.height(), batch.width(), batch.packets());
            case H264, FFV1 -> {
                try (PacketDecoder decoder = new PacketDecoder(batch)) {
                    yield decoder.frames();
                }
            }
        };
    }
}
