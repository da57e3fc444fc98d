package io.longtake.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** One batch through FFmpeg's multiplexer into memory: the header comes first, always; the fragment is what follows. */
final class FragmentWriter implements AutoCloseable {

    static {
        FFmpeg.load();
    }

    private final EncodedBatch batch;
    private final AVFormatContext format = new AVFormatContext(null);
    private final AVStream stream;
    private final int headerLength;

    FragmentWriter(ContainerSettings settings, EncodedBatch batch) {
        this.batch = batch;
        FFmpeg.check(
                avformat.avformat_alloc_output_context2(format, null, settings.format(), null),
                "set up " + settings.format());
        try {
            AVIOContext memory = new AVIOContext(null);
            FFmpeg.check(avformat.avio_open_dyn_buf(memory), "write to memory");
            memory.seekable(0);
            format.pb(memory);
            format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
            format.avoid_negative_ts(AVFormatContext.AVFMT_AVOID_NEG_TS_DISABLED);
            settings.options()
                    .forEach((name, value) -> FFmpeg.check(
                            avutil.av_opt_set(format.priv_data(), name, value, 0), "set " + name + " to " + value));
            stream = FFmpeg.check(avformat.avformat_new_stream(format, null), "add a track");
            stream.time_base(avutil.av_make_q(1, batch.frameRate()));
            stream.avg_frame_rate(avutil.av_make_q(batch.frameRate(), 1));
            describe(stream.codecpar());
            FFmpeg.check(
                    avformat.avformat_write_header(format, (AVDictionary) null),
                    "write the header of " + settings.format());
            avformat.avio_flush(memory);
            headerLength = Math.toIntExact(avformat.avio_tell(memory));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    byte[] header() {
        return Arrays.copyOf(written(), headerLength);
    }

    byte[] fragment(long firstFrame) {
        AVPacket packet = FFmpeg.check(avcodec.av_packet_alloc(), "allocate a packet");
        try (AVRational frames = avutil.av_make_q(1, batch.frameRate())) {
            long at = firstFrame;
            for (ByteBuffer data : batch.packetViews()) {
                FFmpeg.check(avcodec.av_new_packet(packet, data.remaining()), "allocate a packet");
                packet.data().put(batch.packets(), data.arrayOffset(), data.remaining());
                long time = avutil.av_rescale_q(at, frames, stream.time_base());
                packet.pts(time).dts(time);
                packet.duration(avutil.av_rescale_q(at + 1, frames, stream.time_base()) - time);
                packet.flags(at == firstFrame ? avcodec.AV_PKT_FLAG_KEY : 0);
                FFmpeg.check(avformat.av_write_frame(format, packet), "write frame " + at);
                avcodec.av_packet_unref(packet);
                at++;
            }
            FFmpeg.check(avformat.av_write_frame(format, null), "write the fragment of frame " + firstFrame);
        } finally {
            avcodec.av_packet_free(packet);
        }
        byte[] all = written();
        return Arrays.copyOfRange(all, headerLength, all.length);
    }

    private void describe(AVCodecParameters track) {
        boolean h264 = batch.codec() == Codec.H264;
        track.codec_type(avutil.AVMEDIA_TYPE_VIDEO)
                .codec_id(h264 ? avcodec.AV_CODEC_ID_H264 : avcodec.AV_CODEC_ID_FFV1);
        track.width(batch.width()).height(batch.height());
        track.sample_aspect_ratio(avutil.av_make_q(1, 1));
        track.format(h264 ? avutil.AV_PIX_FMT_YUV420P : avutil.AV_PIX_FMT_0RGB32());
        track.color_range(h264 ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG);
        track.color_space(h264 ? AVCOL_SPC_BT709 : AVCOL_SPC_RGB);
        track.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
        byte[] extradata = h264 ? ParameterSets.of(batch.packetViews().get(0)) : batch.extradata();
        BytePointer copy = new BytePointer(FFmpeg.check(
                avutil.av_mallocz(extradata.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE), "describe a track"));
        copy.put(extradata);
        track.extradata(copy).extradata_size(extradata.length);
    }

    /** Everything so far; the memory stays the multiplexer's. */
    private byte[] written() {
        try (PointerPointer<BytePointer> buffer = new PointerPointer<>(1)) {
            byte[] bytes = new byte[FFmpeg.check(avformat.avio_get_dyn_buf(format.pb(), buffer), "read from memory")];
            if (bytes.length > 0) {
                buffer.get(BytePointer.class, 0).get(bytes);
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        if (format.pb() != null) {
            BytePointer buffer = new BytePointer((Pointer) null);
            avformat.avio_close_dyn_buf(format.pb(), buffer);
            avutil.av_free(buffer);
            format.pb(null);
        }
        avformat.avformat_free_context(format);
    }
}
