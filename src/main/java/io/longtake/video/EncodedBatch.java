package io.longtake.video;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Consecutive frames as one closed group of pictures: a key frame, then frames that need only it and each other. One
 * packet a frame, in display order. The arrays are shared, never copied.
 *
 * @param width pixels, at most {@link #MAX_SIDE}
 * @param height pixels, at most {@link #MAX_SIDE}
 * @param frameRate frames per second, at most {@link #MAX_FRAME_RATE}
 * @param extradata the decoder's configuration (ffv1); empty if the packets carry it
 * @param packetSizes length of each packet; as many as there are frames, at most {@link #MAX_FRAMES}
 * @param packets all packets, one after the other, at most {@link #MAX_BYTES}
 */
public record EncodedBatch(
        Codec codec, int width, int height, int frameRate, byte[] extradata, int[] packetSizes, byte[] packets) {

    public static final int MAX_SIDE = 8192;
    public static final int MAX_FRAME_RATE = 1000;
    public static final int MAX_FRAMES = 10_000;
    public static final int MAX_BYTES = 256 << 20;
    public static final int MAX_EXTRADATA = 64 << 10;

    public EncodedBatch {
        within("width", width, MAX_SIDE);
        within("height", height, MAX_SIDE);
        within("frame rate", frameRate, MAX_FRAME_RATE);
        within("frames", packetSizes.length, MAX_FRAMES);
        within("bytes", packets.length, MAX_BYTES);
        if (extradata.length > MAX_EXTRADATA) {
            throw new IllegalArgumentException(
                    "extradata: at most " + MAX_EXTRADATA + " bytes, got " + extradata.length);
        }
        long sum = 0;
        for (int size : packetSizes) {
            within("packet size", size, MAX_BYTES);
            sum += size;
        }
        if (sum != packets.length) {
            throw new IllegalArgumentException("packets: their sizes sum to " + sum + " bytes, got " + packets.length);
        }
        if (codec == Codec.RAW) {
            int frame = width * height * 3;
            for (int size : packetSizes) {
                if (size != frame) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "packet size: a raw frame of %dx%d has %d bytes, got %d",
                            width,
                            height,
                            frame,
                            size));
                }
            }
        }
    }

    public int frameCount() {
        return packetSizes.length;
    }

    /** A view of each packet, in order. */
    public List<ByteBuffer> packetViews() {
        List<ByteBuffer> views = new ArrayList<>(packetSizes.length);
        int at = 0;
        for (int size : packetSizes) {
            views.add(ByteBuffer.wrap(packets, at, size).slice());
            at += size;
        }
        return views;
    }

    private static void within(String what, int value, int limit) {
        if (value < 1 || value > limit) {
            throw new IllegalArgumentException(what + ": expected 1 to " + limit + ", got " + value);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedBatch b
                && codec == b.codec
                && width == b.width
                && height == b.height
                && frameRate == b.frameRate
                && Arrays.equals(extradata, b.extradata)
                && Arrays.equals(packetSizes, b.packetSizes)
                && Arrays.equals(packets, b.packets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(packetSizes) + Arrays.hashCode(packets);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "EncodedBatch[%d frames of %dx%d, %s, %d bytes]",
                packetSizes.length,
                width,
                height,
                codec.wireName(),
                packets.length);
    }
}
