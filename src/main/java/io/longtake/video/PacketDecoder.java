package io.longtake.video;

import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** The packets of one batch through FFmpeg's decoder: they come without a container. */
final class PacketDecoder implements AutoCloseable {

    static {
        FFmpeg.load();
    }

    private final EncodedBatch batch;
    private final AVCodecContext decoder;
    private final AVPacket packet = FFmpeg.check(avcodec.av_packet_alloc(), "allocate a packet");
    private final AVFrame picture = FFmpeg.check(avutil.av_frame_alloc(), "allocate a frame");
    private PixelConversion conversion;
    private byte[] rgb;
    private int count;

    PacketDecoder(EncodedBatch batch) {
        this.batch = batch;
        AVCodec codec = FFmpeg.check(avcodec.avcodec_find_decoder_by_name(name()), "find the decoder " + name());
        this.decoder = FFmpeg.check(avcodec.avcodec_alloc_context3(codec), "allocate the decoder " + name());
        try {
            decoder.width(batch.width()).height(batch.height()).thread_count(1);
            if (batch.extradata().length > 0) {
                extradata(batch.extradata());
            }
            FFmpeg.check(avcodec.avcodec_open2(decoder, codec, (AVDictionary) null), "open the decoder " + name());
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    /** @throws VideoException if the packets are not the frames that the batch says */
    Frames frames() {
        for (ByteBuffer view : batch.packetViews()) {
            byte[] bytes = new byte[view.remaining()];
            view.get(bytes);
            FFmpeg.check(avcodec.av_new_packet(packet, bytes.length), "allocate a packet");
            try (BytePointer data = new BytePointer(packet.data())) {
                data.put(bytes, 0, bytes.length);
                FFmpeg.check(avcodec.avcodec_send_packet(decoder, packet), "decode " + batch);
            } finally {
                avcodec.av_packet_unref(packet);
            }
            receive();
        }
        FFmpeg.check(avcodec.avcodec_send_packet(decoder, null), "finish " + batch);
        receive();
        if (count != batch.frameCount()) {
            throw new VideoException("cannot decode " + batch + ": its packets hold " + count + " frames");
        }
        return new Frames(count, batch.height(), batch.width(), rgb);
    }

    private void receive() {
        int code = avcodec.avcodec_receive_frame(decoder, picture);
        while (code != avutil.AVERROR_EAGAIN() && code != avutil.AVERROR_EOF()) {
            FFmpeg.check(code, "decode " + batch);
            take();
            avutil.av_frame_unref(picture);
            code = avcodec.avcodec_receive_frame(decoder, picture);
        }
    }

    private void take() {
        // What the stream says of itself decides what FFmpeg writes: believe neither before they agree.
        if (picture.width() != batch.width() || picture.height() != batch.height()) {
            throw new VideoException("cannot decode " + batch + ": its packets hold frames of " + picture.width() + "x"
                    + picture.height());
        }
        if (count == batch.frameCount()) {
            throw new VideoException("cannot decode " + batch + ": its packets hold more frames");
        }
        if (conversion == null) {
            // Not before there is a picture: the size that a batch claims costs nothing.
            rgb = new byte[Math.toIntExact(Tensor.elements(batch.frameCount(), batch.height(), batch.width(), 3))];
            conversion = PixelConversion.toRgb(batch.width(), batch.height(), picture.format());
        }
        byte[] pixels = conversion.read(picture);
        System.arraycopy(pixels, 0, rgb, count * pixels.length, pixels.length);
        count++;
    }

    private String name() {
        return batch.codec().wireName();
    }

    /** Padded with zeros, as decoders read past the end; the decoder frees it. */
    private void extradata(byte[] bytes) {
        byte[] padded = Arrays.copyOf(bytes, bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        BytePointer copy = new BytePointer(FFmpeg.check(avutil.av_mallocz(padded.length), "describe " + batch));
        copy.put(padded, 0, padded.length);
        decoder.extradata(copy).extradata_size(bytes.length);
    }

    @Override
    public void close() {
        if (conversion != null) {
            conversion.close();
        }
        avcodec.avcodec_free_context(decoder);
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(picture);
    }
}
