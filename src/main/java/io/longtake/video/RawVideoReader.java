package io.longtake.video;

import io.longtake.tensor.Frames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Bare RGB: every {@code width * height * 3} bytes are a frame. */
final class RawVideoReader implements VideoReader {

    private final Path video;
    private final int width;
    private final int height;
    private final int frameRate;
    private final InputStream in;
    private long frames;

    RawVideoReader(Path video, int width, int height, int frameRate) {
        this.video = video;
        this.width = width;
        this.height = height;
        this.frameRate = frameRate;
        try {
            this.in = new BufferedInputStream(Files.newInputStream(video));
        } catch (IOException e) {
            throw new VideoException("cannot read " + video + ": " + e);
        }
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int frameRate() {
        return frameRate;
    }

    @Override
    public Optional<Frames> next() {
        try {
            int expected = width * height * 3;
            byte[] rgb = in.readNBytes(expected);
            if (rgb.length == 0) {
                return Optional.empty();
            }
            if (rgb.length < expected) {
                throw new VideoException("cannot read " + video + ": frame " + frames + " of " + width + "x" + height
                        + " has " + expected + " bytes, got " + rgb.length);
            }
            frames++;
            return Optional.of(new Frames(1, height, width, rgb));
        } catch (IOException e) {
            throw new VideoException("cannot read " + video + ": " + e);
        }
    }

    @Override
    public long microseconds() {
        return frames == 0 ? -1 : (frames - 1) * 1_000_000 / frameRate;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new VideoException("cannot close " + video + ": " + e);
        }
    }
}
