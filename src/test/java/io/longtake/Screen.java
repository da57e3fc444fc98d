package io.longtake;

import com.microsoft.playwright.Page;
import io.longtake.tensor.Frames;
import java.util.List;
import java.util.Map;

/** What a video looks like in a browser: the pixels that a viewer sees, not what the DOM says. */
public final class Screen {

    private static final int BLOCK = 8;

    /** Calls back with each frame that is presented, and with the time in the video that it has. */
    private static final String PRESENTED =
            """
            ([count, block]) => { window.presented = new Promise((done, failed) => {
              const video = document.querySelector('video');
              const seen = [];
              const take = (now, frame) => {
                const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
                const pen = canvas.getContext('2d', {willReadFrequently: true});
                pen.drawImage(video, 0, 0);
                const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
                const columns = canvas.width / block;
                const means = new Array(columns * canvas.height / block * 3).fill(0);
                for (let y = 0; y < canvas.height; y++) {
                  for (let x = 0; x < canvas.width; x++) {
                    const mean = (Math.floor(y / block) * columns + Math.floor(x / block)) * 3;
                    for (let c = 0; c < 3; c++) {
                      means[mean + c] += pixels[(y * canvas.width + x) * 4 + c] / (block * block);
                    }
                  }
                }
                seen.push({at: frame.mediaTime, means});
                if (seen.length < count) {
                  video.requestVideoFrameCallback(take);
                } else {
                  done(seen);
                }
              };
              video.requestVideoFrameCallback(take);
              setTimeout(() => failed(new Error(`only ${seen.length} of ${count} frames were presented`)), 180000);
            }); window.presented.catch(() => {}); }
            """;

    private static final Page.WaitForFunctionOptions PATIENT = new Page.WaitForFunctionOptions().setTimeout(180_000);

    private Screen() {}

    /**
     * A frame as it was presented.
     *
     * @param at seconds of video before it
     * @param means of blocks of 8 x 8 pixels, red, green and blue, 0 to 255
     */
    public record Shown(double at, double[] means) {

        public long frame(int frameRate) {
            return Math.round(at * frameRate);
        }

        public double brightness() {
            return java.util.Arrays.stream(means).average().orElse(0);
        }

        /** Mean distance of the blocks, 0 to 255. */
        public double distance(double[] others) {
            double sum = 0;
            for (int i = 0; i < means.length; i++) {
                sum += Math.abs(means[i] - others[i]);
            }
            return sum / means.length;
        }
    }

    /** From now on, so many frames are kept as they are presented. To be called before the video plays: it may be short. */
    public static void watch(Page page, int count) {
        page.evaluate(PRESENTED, List.of(count, BLOCK));
    }

    /** Those frames, when the last of them was presented. */
    public static List<Shown> shown(Page page) {
        List<?> seen = (List<?>) page.evaluate("() => window.presented");
        return seen.stream().map(Screen::shown).toList();
    }

    /** Makes it play, and returns when it does. */
    public static void begin(Page page) {
        page.evaluate("() => document.querySelector('video').play()");
        page.waitForFunction("() => document.querySelector('video').currentTime > 0", null, PATIENT);
    }

    /** The next frames that are presented once it plays; the video need not play yet. */
    public static List<Shown> play(Page page, int count) {
        watch(page, count);
        page.evaluate("() => document.querySelector('video').play()");
        return shown(page);
    }

    /** The same blocks of a decoded frame. */
    public static double[] blocks(Frames frames, int index) {
        int columns = frames.width() / BLOCK;
        double[] means = new double[columns * (frames.height() / BLOCK) * 3];
        for (int y = 0; y < frames.height(); y++) {
            for (int x = 0; x < frames.width(); x++) {
                int from = index * frames.frameBytes() + (y * frames.width() + x) * 3;
                int mean = (y / BLOCK * columns + x / BLOCK) * 3;
                for (int c = 0; c < 3; c++) {
                    means[mean + c] += (frames.rgb()[from + c] & 0xFF) / (double) (BLOCK * BLOCK);
                }
            }
        }
        return means;
    }

    private static Shown shown(Object frame) {
        Map<?, ?> map = (Map<?, ?>) frame;
        double[] means = ((List<?>) map.get("means"))
                .stream().mapToDouble(mean -> ((Number) mean).doubleValue()).toArray();
        return new Shown(((Number) map.get("at")).doubleValue(), means);
    }
}
