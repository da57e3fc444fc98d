package io.longtake.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * 8-bit RGB from and to a codec's pixels, size unchanged. YUV is BT.709 in limited range, as our streams are tagged.
 * Bit-exact: the same pixels on every processor. Not for use by several threads.
 */
final class PixelConversion implements AutoCloseable {

    static {
        FFmpeg.load();
    }

    private static final int FLAGS =
            SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP | SWS_FULL_CHR_H_INT;
    private static final int UNIT = 1 << 16;

    private final int width;
    private final int height;
    private final AVFrame rgb;
    private final SwsContext context;
    private final boolean toRgb;

    private PixelConversion(int width, int height, int from, int to) {
        this.width = width;
        this.height = height;
        this.toRgb = to == AV_PIX_FMT_RGB24;
        this.rgb = FFmpeg.frame(AV_PIX_FMT_RGB24, width, height);
        this.context = FFmpeg.check(swscale.sws_alloc_context(), "convert pixels");
        try {
            set("sws_flags", FLAGS);
            set("srcw", width);
            set("srch", height);
            set("src_format", from);
            set("dstw", width);
            set("dsth", height);
            set("dst_format", to);
            site("src", from);
            site("dst", to);
            IntPointer bt709 = swscale.sws_getCoefficients(SWS_CS_ITU709);
            swscale.sws_setColorspaceDetails(context, bt709, full(from), bt709, full(to), 0, UNIT, UNIT);
            FFmpeg.check(
                    swscale.sws_init_context(context, null, null), "convert pixels from format " + from + " to " + to);
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    /** Chroma samples of 4:2:0 lie on the left luma column, between the lines (H.264's default, in 1/256 pixels). */
    private void site(String side, int format) {
        if (format == AV_PIX_FMT_YUV420P) {
            set(side + "_h_chr_pos", 0);
            set(side + "_v_chr_pos", 128);
        }
    }

    private void set(String option, int value) {
        FFmpeg.check(avutil.av_opt_set_int(context, option, value, 0), "set " + option + " to " + value);
    }

    static PixelConversion fromRgb(int width, int height, int to) {
        return new PixelConversion(width, height, AV_PIX_FMT_RGB24, to);
    }

    static PixelConversion toRgb(int width, int height, int from) {
        return new PixelConversion(width, height, from, AV_PIX_FMT_RGB24);
    }

    /** Fills a frame of the codec's format from {@code pixels}, starting at {@code offset}. */
    void write(byte[] pixels, int offset, AVFrame into) {
        if (toRgb) {
            throw new IllegalStateException("this conversion gives RGB, it does not take it");
        }
        FFmpeg.check(avutil.av_frame_make_writable(rgb), "fill a frame");
        try (BytePointer plane = new BytePointer(rgb.data(0))) {
            for (int y = 0; y < height; y++) {
                plane.position((long) y * rgb.linesize(0)).put(pixels, offset + y * width * 3, width * 3);
            }
        }
        FFmpeg.check(avutil.av_frame_make_writable(into), "fill a frame");
        scale(rgb, into);
    }

    /** The RGB bytes of a frame of the codec's format. */
    byte[] read(AVFrame from) {
        if (!toRgb) {
            throw new IllegalStateException("this conversion takes RGB, it does not give it");
        }
        scale(from, rgb);
        byte[] pixels = new byte[width * height * 3];
        try (BytePointer plane = new BytePointer(rgb.data(0))) {
            for (int y = 0; y < height; y++) {
                plane.position((long) y * rgb.linesize(0)).get(pixels, y * width * 3, width * 3);
            }
        }
        return pixels;
    }

    private void scale(AVFrame from, AVFrame to) {
        FFmpeg.check(
                swscale.sws_scale(context, from.data(), from.linesize(), 0, height, to.data(), to.linesize()),
                "convert pixels");
    }

    private static int full(int format) {
        return format == AV_PIX_FMT_YUV420P ? 0 : 1;
    }

    @Override
    public void close() {
        swscale.sws_freeContext(context);
        avutil.av_frame_free(rgb);
    }
}
