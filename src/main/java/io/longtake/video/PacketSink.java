package io.longtake.video;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Gives pictures to an encoder and keeps the packets that come out. */
final class PacketSink implements AutoCloseable {

    private final AVCodecContext encoder;
    private final AVPacket packet = FFmpeg.check(avcodec.av_packet_alloc(), "allocate a packet");
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int[] sizes = new int[EncodedBatch.MAX_FRAMES];
    private int count;

    PacketSink(AVCodecContext encoder) {
        this.encoder = encoder;
    }

    /** One picture, or null when there are no more. */
    void send(AVFrame picture) {
        FFmpeg.check(avcodec.avcodec_send_frame(encoder, picture), "encode a frame");
        while (true) {
            int code = avcodec.avcodec_receive_packet(encoder, packet);
            if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
                return;
            }
            FFmpeg.check(code, "encode a frame");
            byte[] data = new byte[packet.size()];
            packet.data().get(data);
            avcodec.av_packet_unref(packet);
            sizes[count++] = data.length;
            bytes.writeBytes(data);
            if (bytes.size() > EncodedBatch.MAX_BYTES) {
                throw new VideoException("cannot encode: a batch has at most " + EncodedBatch.MAX_BYTES + " bytes");
            }
        }
    }

    /** Length of each packet so far. */
    int[] sizes() {
        return Arrays.copyOf(sizes, count);
    }

    /** All packets so far, one after the other. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
    }
}
