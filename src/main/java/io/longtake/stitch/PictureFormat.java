package io.longtake.stitch;

import io.longtake.event.Checksum;
import io.longtake.event.FrameChunk;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

    static PictureFormat read(DataInput in) throws IOException {
        return new PictureFormat(Codec.parse(in.readUTF()), in.readInt(), in.readInt(), in.readInt(), in.readLong());
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(codec.wireName());
        out.writeInt(width);
        out.writeInt(height);
        out.writeInt(frameRate);
        out.writeLong(extradata);
    }

    @Override
    public String toString() {
        return "%s %dx%d at %d frames/s, extradata %08x"
                .formatted(codec.wireName(), width, height, frameRate, extradata);
    }
}
