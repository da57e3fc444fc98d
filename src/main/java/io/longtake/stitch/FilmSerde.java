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

/** A film's state in the store: a few dozen bytes. */
final class FilmSerde implements Serde<Film> {

    private static final int RUNNING = 0;
    private static final int DONE = 1;

    @Override
    public Serializer<Film> serializer() {
        return (topic, film) -> film == null ? null : write(film);
    }

    @Override
    public Deserializer<Film> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private static byte[] write(Film film) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(film instanceof Film.Done ? DONE : RUNNING);
            out.writeLong(film.touched());
            if (film instanceof Film.Running running) {
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

    private static Film read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readByte();
            long touched = in.readLong();
            if (kind == DONE) {
                return new Film.Done(touched);
            }
            int nextSegment = in.readInt();
            long nextFrame = in.readLong();
            int waiting = in.readInt();
            Optional<PictureFormat> format = in.readBoolean() ? Optional.of(PictureFormat.read(in)) : Optional.empty();
            return new Film.Running(nextSegment, nextFrame, format, waiting, touched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
