package io.longtake.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;

import io.longtake.tensor.Frames;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** How each codec is set up: one thread, nothing that depends on the machine, a key frame only at the start. */
final class EncoderSettings {

    static {
        FFmpeg.load();
    }

    /** Constant quantiser of H.264: above 40 dB on rendered scenes. */
    private static final int QP = 22;

    /** Longer than any batch, and the same for all: FFV1's extradata depends on it. */
    private static final int KEY_FRAME_DISTANCE = EncodedBatch.MAX_FRAMES;

    private EncoderSettings() {}

    /** An open encoder; whoever asks frees it with {@code avcodec_free_context}. */
    static AVCodecContext open(Codec codec, int frameRate, Frames frames) {
        boolean h264 = codec == Codec.H264;
        if (h264
                && (frames.width() % 2 != 0
                        || frames.height() % 2 != 0
                        || Math.min(frames.width(), frames.height()) < 16)) {
            throw new IllegalArgumentException("frame size: h264 wants even sides of at least 16 pixels, got "
                    + frames.width() + "x" + frames.height());
        }
        String name = h264 ? "libopenh264" : "ffv1";
        AVCodec encoder = FFmpeg.check(avcodec.avcodec_find_encoder_by_name(name), "find the encoder " + name);
        AVCodecContext context = FFmpeg.check(avcodec.avcodec_alloc_context3(encoder), "allocate the encoder " + name);
        context.width(frames.width()).height(frames.height()).thread_count(1);
        context.time_base(avutil.av_make_q(1, frameRate)).framerate(avutil.av_make_q(frameRate, 1));
        context.sample_aspect_ratio(avutil.av_make_q(1, 1));
        context.gop_size(KEY_FRAME_DISTANCE).max_b_frames(0);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
        try {
            if (h264) {
                h264(context);
            } else {
                ffv1(context);
            }
            FFmpeg.check(avcodec.avcodec_open2(context, encoder, (AVDictionary) null), "open the encoder " + name);
            return context;
        } catch (VideoException e) {
            avcodec.avcodec_free_context(context);
            throw e;
        }
    }

    private static void h264(AVCodecContext context) {
        context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_BT709);
        context.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        context.qmin(QP).qmax(QP).slices(1);
        options(context, Map.of("profile", "high", "rc_mode", "quality", "allow_skip_frames", "0"));
    }

    private static void ffv1(AVCodecContext context) {
        context.pix_fmt(avutil.AV_PIX_FMT_0RGB32());
        context.color_range(AVCOL_RANGE_JPEG).colorspace(AVCOL_SPC_RGB);
        context.level(3).slices(4);
        options(context, Map.of("slicecrc", "1", "coder", "range_tab", "context", "0"));
    }

    private static void options(AVCodecContext context, Map<String, String> options) {
        options.forEach((name, value) ->
                FFmpeg.check(avutil.av_opt_set(context.priv_data(), name, value, 0), "set " + name + " to " + value));
    }

    /** The decoder's configuration, as the open encoder tells it. */
    static byte[] extradata(AVCodecContext context) {
        byte[] extradata = new byte[context.extradata_size()];
        if (extradata.length > 0) {
            context.extradata().get(extradata);
        }
        return extradata;
    }
}
