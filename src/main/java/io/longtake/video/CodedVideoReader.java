package io.longtake.video;

import io.longtake.tensor.Frames;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A video through FFmpeg's demultiplexer and decoder. */
final class CodedVideoReader implements VideoReader {

    static {
        FFmpeg.load();
    }

    private final Path video;
    private final AVFormatContext format = new AVFormatContext(null);
    private final AVPacket packet = FFmpeg.check(avcodec.av_packet_alloc(), "allocate a packet");
    private final AVFrame picture = FFmpeg.check(avutil.av_frame_alloc(), "allocate a frame");
    private AVStream stream;
    private AVCodecContext decoder;
    private PixelConversion conversion;
    private long microseconds = -1;

    CodedVideoReader(Path video) {
        this.video = video;
        try (AVDictionary options = new AVDictionary(null)) {
            avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
            avutil.av_dict_set(options, "format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,h264", 0);
            int code = avformat.avformat_open_input(format, video.toString(), null, options);
            avutil.av_dict_free(options);
            FFmpeg.check(code, "open " + video);
            FFmpeg.check(avformat.avformat_find_stream_info(format, (AVDictionary) null), "read " + video);
            AVCodec codec = new AVCodec();
            int track = FFmpeg.check(
                    avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, codec, 0),
                    "find pictures in " + video);
            stream = format.streams(track);
            decoder = FFmpeg.check(avcodec.avcodec_alloc_context3(codec), "allocate a decoder");
            FFmpeg.check(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()), "describe " + video);
            decoder.thread_count(1);
            FFmpeg.check(avcodec.avcodec_open2(decoder, codec, (AVDictionary) null), "decode " + video);
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    @Override
    public int width() {
        return decoder.width();
    }

    @Override
    public int height() {
        return decoder.height();
    }

    @Override
    public int frameRate() {
        AVRational rate = stream.avg_frame_rate();
        return rate.den() == 0 ? 0 : Math.round((float) rate.num() / rate.den());
    }

    @Override
    public Optional<Frames> next() {
        while (true) {
            int code = avcodec.avcodec_receive_frame(decoder, picture);
            if (code == 0) {
                return Optional.of(frame());
            }
            if (code == avutil.AVERROR_EOF()) {
                return Optional.empty();
            }
            if (code != avutil.AVERROR_EAGAIN()) {
                FFmpeg.check(code, "decode a frame of " + video);
            }
            feed();
        }
    }

    private void feed() {
        int code = avformat.av_read_frame(format, packet);
        if (code == avutil.AVERROR_EOF()) {
            FFmpeg.check(avcodec.avcodec_send_packet(decoder, null), "finish " + video);
            return;
        }
        FFmpeg.check(code, "read " + video);
        try {
            if (packet.stream_index() == stream.index()) {
                FFmpeg.check(avcodec.avcodec_send_packet(decoder, packet), "decode a frame of " + video);
            }
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    private Frames frame() {
        try (AVRational micros = avutil.av_make_q(1, 1_000_000)) {
            microseconds = picture.pts() == avutil.AV_NOPTS_VALUE
                    ? -1
                    : avutil.av_rescale_q(picture.pts(), stream.time_base(), micros);
        }
        if (conversion == null) {
            conversion = PixelConversion.toRgb(width(), height(), picture.format());
        }
        Frames frames = new Frames(1, height(), width(), conversion.read(picture));
        avutil.av_frame_unref(picture);
        return frames;
    }

    @Override
    public long microseconds() {
        return microseconds;
    }

    @Override
    public void close() {
        if (conversion != null) {
            conversion.close();
        }
        if (decoder != null) {
            avcodec.avcodec_free_context(decoder);
        }
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(picture);
        avformat.avformat_close_input(format);
    }
}
