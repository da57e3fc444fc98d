package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.tensor.Frames;
import io.longtake.video.VideoReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prompt says is seen in the video: eight seeds each, measured on the decoded H.264. */
class PromptsAreUnderstoodIT {

    private static final int SEEDS = 8;
    private static final double SECONDS = 1;

    @TempDir
    private static Path data;

    private static Platform platform;
    private static LongtakeClient client;

    @BeforeAll
    static void start() {
        platform = Platform.embedded(
                new DataDirectory(data), 0, ModelRepository.standard(), ToyModel.STAGES, "OnnxRuntime");
        client = LongtakeClient.create(platform.kafka());
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
    }

    @Test
    void at_night_is_darker_than_at_noon_for_every_seed() {
        List<Double> night = measure("a drive at night", PromptsAreUnderstoodIT::brightness);
        List<Double> noon = measure("a drive at noon", PromptsAreUnderstoodIT::brightness);

        System.out.println("brightness at night " + night + ", at noon " + noon);
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(night.get(seed)).as("seed " + seed).isLessThan(noon.get(seed));
        }
        assertThat(mean(night)).isLessThan(mean(noon) / 2);
    }

    @Test
    void an_empty_road_shows_fewer_cars_than_heavy_traffic() {
        try (CarCounter counter = CarCounter.open()) {
            List<Double> empty = measure("a drive on an empty road", counter::cars);
            List<Double> heavy = measure("a drive in heavy traffic", counter::cars);

            System.out.println("cars on an empty road " + empty + ", in heavy traffic " + heavy);
            assertThat(mean(empty)).isLessThan(mean(heavy) - 1);
            long fewer = LongStream.range(0, SEEDS)
                    .filter(seed -> empty.get((int) seed) < heavy.get((int) seed))
                    .count();
            assertThat(fewer).isGreaterThanOrEqualTo(SEEDS - 1);
        }
    }

    private interface Measure {
        double of(Frames frame);
    }

    /** The mean over the frames of a video, for each seed. The videos are ordered all at once and share the worker. */
    private static List<Double> measure(String prompt, Measure measure) {
        List<PromptEvent> orders = LongStream.range(0, SEEDS)
                .mapToObj(seed -> ReceivedVideo.prompt(prompt, SECONDS, seed).build())
                .toList();
        orders.stream().map(Prompt::new).forEach(client::send);
        return orders.stream()
                .map(order -> mean(ReceivedVideo.receive(client, order), measure))
                .toList();
    }

    private static double mean(ReceivedVideo video, Measure measure) {
        double sum = 0;
        int frames = 0;
        try (VideoReader reader = VideoReader.open(video.writeTo(data.resolve("measured.mp4")))) {
            for (Optional<Frames> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                sum += measure.of(frame.get());
                frames++;
            }
        }
        assertThat(frames).isEqualTo(24);
        return sum / frames;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Mean of all bytes: 0 black, 255 white. */
    private static double brightness(Frames frame) {
        long sum = 0;
        for (byte value : frame.rgb()) {
            sum += value & 0xff;
        }
        return (double) sum / frame.rgb().length;
    }
}
