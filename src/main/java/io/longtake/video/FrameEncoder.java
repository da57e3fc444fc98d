package io.longtake.video;

import io.longtake.tensor.Frames;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Codes a run of frames as one closed group of pictures, independent of any other: the same frames give the same bytes,
 * on every processor. May be used by several threads.
 *
 * @param frameRate frames per second, at most {@link EncodedBatch#MAX_FRAME_RATE}
 */
public record FrameEncoder(Codec codec, int frameRate) {

    public FrameEncoder {
        if (frameRate < 1 || frameRate > EncodedBatch.MAX_FRAME_RATE) {
            throw new IllegalArgumentException(
                    "frame rate: expected 1 to " + EncodedBatch.MAX_FRAME_RATE + ", got " + frameRate);
        }
    }

    /**
     * @throws IllegalArgumentException if the codec has no such size: H.264 wants even sides of at least 16 pixels
     * @throws VideoException if FFmpeg fails
     */
    public EncodedBatch encode(Frames frames) {
        if (frames.count() > EncodedBatch.MAX_FRAMES
                || frames.width() > EncodedBatch.MAX_SIDE
                || frames.height() > EncodedBatch.MAX_SIDE) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "frames: expected at most %d of at most %dx%d, got %d of %dx%d",
                    EncodedBatch.MAX_FRAMES,
                    EncodedBatch.MAX_SIDE,
                    EncodedBatch.MAX_SIDE,
                    frames.count(),
                    frames.width(),
                    frames.height()));
        }
        return switch (codec) {
            case H264, FFV1 -> code(frames);
            case RAW -> raw(frames);
        };
    }

    private EncodedBatch raw(Frames frames) {
        int[] sizes = new int[frames.count()];
        Arrays.fill(sizes, frames.frameBytes());
        return new EncodedBatch(
                Codec.RAW, frames.width(), frames.height(), frameRate, new byte[0], sizes, frames.rgb());
    }

    private EncodedBatch code(Frames frames) {
        AVCodecContext context = EncoderSettings.open(codec, frameRate, frames);
        AVFrame picture = null;
        try (PacketSink packets = new PacketSink(context)) {
            picture = FFmpeg.frame(context.pix_fmt(), frames.width(), frames.height());
            try (PixelConversion conversion =
                    PixelConversion.fromRgb(frames.width(), frames.height(), context.pix_fmt())) {
                for (int i = 0; i < frames.count(); i++) {
                    conversion.write(frames.rgb(), i * frames.frameBytes(), picture);
                    picture.pts(i).pict_type(i == 0 ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
                    packets.send(picture);
                }
            }
            packets.send(null);
            if (packets.sizes().length != frames.count()) {
                throw new VideoException("cannot encode " + codec.wireName() + ": " + frames.count() + " frames gave "
                        + packets.sizes().length + " packets");
            }
            return new EncodedBatch(
                    codec,
                    frames.width(),
                    frames.height(),
                    frameRate,
                    EncoderSettings.extradata(context),
                    packets.sizes(),
                    packets.bytes());
        } finally {
            avutil.av_frame_free(picture);
            avcodec.avcodec_free_context(context);
        }
    }
}
