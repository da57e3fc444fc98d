package io.longtake.stitch;

import io.longtake.video.Codec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the stitcher's stores were written up to November 2026, without a schema. Stores and changelogs of videos from then still hold
 * it. Neither kind can begin with C3 01, as a record does: a video begins with 0 or 1, and a copy with the upper byte of an offset
 * or of -1.
 */
final class EarlierStitcherState {

    private static final int UNFINISHED = 0;
    private static final int DONE = 1;

    private EarlierStitcherState() {}

    static boolean isVideo(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == UNFINISHED || bytes[0] == DONE);
    }

    /** A byte for the kind, when it was touched, and for one that is unfinished what is known of it. */
    static StitchedVideo video(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readByte();
            long touched = in.readLong();
            if (kind == DONE) {
                return new StitchedVideo.Done(touched);
            }
            int nextSegment = in.readInt();
            long nextFrame = in.readLong();
            int waiting = in.readInt();
            Optional<PictureFormat> format = in.readBoolean() ? Optional.of(format(in)) : Optional.empty();
            return new StitchedVideo.Unfinished(nextSegment, nextFrame, format, waiting, touched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PictureFormat format(DataInputStream in) throws IOException {
        return new PictureFormat(Codec.parse(in.readUTF()), in.readInt(), in.readInt(), in.readInt(), in.readLong());
    }

    static boolean isCopy(byte[] bytes) {
        return bytes.length % Long.BYTES == 0 && (bytes.length == 0 || bytes[0] == 0 || bytes[0] == -1);
    }

    /** Eight bytes a chunk: its offset, or -1. */
    static BatchCopy copy(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        List<Long> offsets = new ArrayList<>(bytes.length / Long.BYTES);
        while (from.hasRemaining()) {
            offsets.add(from.getLong());
        }
        return new BatchCopy(offsets);
    }
}
