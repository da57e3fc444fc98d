package io.longtake.video;

import io.longtake.tensor.Frames;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures of a video that do not move: its first frame, or some of them on one sheet. JPEG, as browsers like it. */
public final class Still {

    private Still() {}

    /**
     * The first frame of a segment.
     *
     * @param header of its video
     * @throws VideoException if it can not be decoded
     */
    public static BufferedImage of(byte[] header, byte[] fragment) {
        try {
            Path video = Files.createTempFile("longtake-still", ".mp4");
            try {
                try (OutputStream out = Files.newOutputStream(video)) {
                    out.write(header);
                    out.write(fragment);
                }
                try (VideoReader reader = VideoReader.open(video)) {
                    return image(reader.next().orElseThrow(() -> new VideoException("the segment has no frame")));
                }
            } finally {
                Files.deleteIfExists(video);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures of one size, row by row, each at most {@code width} wide. */
    public static BufferedImage sheet(List<BufferedImage> pictures, int columns, int width) {
        BufferedImage first = pictures.get(0);
        int w = Math.min(width, first.getWidth());
        int h = Math.max(1, first.getHeight() * w / first.getWidth());
        int rows = (pictures.size() + columns - 1) / columns;
        BufferedImage sheet =
                new BufferedImage(w * Math.min(columns, pictures.size()), h * rows, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = sheet.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (int i = 0; i < pictures.size(); i++) {
            canvas.drawImage(pictures.get(i), i % columns * w, i / columns * h, w, h, null);
        }
        canvas.dispose();
        return sheet;
    }

    public static byte[] jpeg(BufferedImage picture) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.setUseCache(false);
            if (!ImageIO.write(picture, "jpeg", bytes)) {
                throw new VideoException("this JVM writes no JPEG");
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage image(Frames frame) {
        BufferedImage image = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = frame.rgb();
        int[] pixels = new int[frame.width() * frame.height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF;
        }
        image.setRGB(0, 0, frame.width(), frame.height(), pixels, 0, frame.width());
        return image;
    }
}
