package io.longtake.stitch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A video's state in the store: a few dozen bytes. */
final class StitchedVideoSerde implements Serde<StitchedVideo> {

    private static final int RUNNING = 0;
    private static final int DONE = 1;

    @Override
    public Serializer<StitchedVideo> serializer() {
        return (topic, video) -> video == null ? null : write(video);
    }

    @Override
    public Deserializer<StitchedVideo> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static byte[] write(StitchedVideo video) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(video instanceof StitchedVideo.Done ? DONE : RUNNING);
            out.writeLong(video.touched());
            if (video instanceof StitchedVideo.Unfinished running) {
                out.writeInt(running.nextSegment());
                out.writeLong(running.nextFrame());
                out.writeInt(running.waiting());
                out.writeBoolean(running.format().isPresent());
                if (running.format().isPresent()) {
                    running.format().get().write(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static StitchedVideo read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readByte();
            long touched = in.readLong();
            if (kind == DONE) {
                return new StitchedVideo.Done(touched);
            }
            int nextSegment = in.readInt();
            long nextFrame = in.readLong();
            int waiting = in.readInt();
            Optional<PictureFormat> format = in.readBoolean() ? Optional.of(PictureFormat.read(in)) : Optional.empty();
            return new StitchedVideo.Unfinished(nextSegment, nextFrame, format, waiting, touched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
