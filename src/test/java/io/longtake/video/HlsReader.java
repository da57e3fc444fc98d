package io.longtake.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A player that shares nothing with ours: FFmpeg's, over HTTP, until the playlist ends. */
public final class HlsReader {

    static {
        FFmpeg.load();
    }

    private HlsReader() {}

    /** Frames that were decoded, each later than the one before. */
    public static int frames(String address) {
        AVFormatContext format = new AVFormatContext(null);
        FFmpeg.check(avformat.avformat_open_input(format, address, null, (AVDictionary) null), "open " + address);
        AVCodecContext decoder = null;
        AVPacket packet = avcodec.av_packet_alloc();
        AVFrame picture = avutil.av_frame_alloc();
        try {
            FFmpeg.check(avformat.avformat_find_stream_info(format, (AVDictionary) null), "read " + address);
            AVCodec codec = new AVCodec();
            int track = FFmpeg.check(
                    avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, codec, 0), "find pictures");
            decoder = avcodec.avcodec_alloc_context3(codec);
            FFmpeg.check(
                    avcodec.avcodec_parameters_to_context(
                            decoder, format.streams(track).codecpar()),
                    "describe");
            FFmpeg.check(avcodec.avcodec_open2(decoder, codec, (AVDictionary) null), "decode");
            int count = 0;
            long last = Long.MIN_VALUE;
            boolean more = true;
            while (more) {
                more = avformat.av_read_frame(format, packet) >= 0;
                FFmpeg.check(avcodec.avcodec_send_packet(decoder, more ? packet : null), "decode");
                avcodec.av_packet_unref(packet);
                while (avcodec.avcodec_receive_frame(decoder, picture) == 0) {
                    if (picture.pts() <= last) {
                        throw new AssertionError("frame " + count + " is not later than the one before");
                    }
                    last = picture.pts();
                    count++;
                }
            }
            return count;
        } finally {
            avutil.av_frame_free(picture);
            avcodec.av_packet_free(packet);
            if (decoder != null) {
                avcodec.avcodec_free_context(decoder);
            }
            avformat.avformat_close_input(format);
        }
    }
}
