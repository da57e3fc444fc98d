package io.longtake.video;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** The native library's manners, in ours: errors become exceptions, nothing is printed. */
final class FFmpeg {

    static {
        // JavaCPP refuses to allocate when the process, models included, takes four times its Java heap: not our
        // measure.
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        }
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    private FFmpeg() {}

    /** To be called before anything else of FFmpeg is touched. */
    static void load() {}

    /**
     * Passes a return code through.
     *
     * @throws VideoException if it tells an error
     */
    static int check(int code, String what) {
        if (code < 0) {
            byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
            avutil.av_strerror(code, text, text.length);
            throw new VideoException("cannot " + what + ": " + new String(text, StandardCharsets.UTF_8).trim());
        }
        return code;
    }

    /**
     * Passes a pointer through.
     *
     * @throws VideoException if it is null
     */
    static <P extends Pointer> P check(P pointer, String what) {
        if (pointer == null || pointer.isNull()) {
            throw new VideoException("cannot " + what + ": not in this build of FFmpeg, or out of memory");
        }
        return pointer;
    }

    /** A frame with its own memory; whoever asks frees it with {@code av_frame_free}. */
    static AVFrame frame(int pixelFormat, int width, int height) {
        AVFrame frame = check(avutil.av_frame_alloc(), "allocate a frame");
        frame.format(pixelFormat).width(width).height(height);
        int code = avutil.av_frame_get_buffer(frame, 0);
        if (code < 0) {
            avutil.av_frame_free(frame);
        }
        check(code, "allocate a frame of " + width + "x" + height);
        return frame;
    }
}
