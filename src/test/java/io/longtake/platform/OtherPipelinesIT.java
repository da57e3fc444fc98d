package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.client.LongtakeClient;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.event.VideoEventKind;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose manifests say other stages than the usual four, through director, workers and stitcher as they are. */
class OtherPipelinesIT {

    private static final int FRAME_BYTES = 3 * 16 * 8;
    private static final int FRAMES_A_SECOND = 8;

    @TempDir
    private static Path data;

    @TempDir
    private static Path small;

    private static ModelRepository models;
    private static Platform platform;
    private static LongtakeClient client;

    /** The repository's toy is hidden by one without interpolation; toy-five and toy-reuse build on the whole one beside them. */
    @BeforeAll
    static void start() {
        ToyModel.copy(small, manifest -> {
            ((ObjectNode) manifest.at("/stages")).remove("interpolate");
            ((ObjectNode) manifest.at("/segment")).put("frames", 2);
        });
        models = new ModelRepository(List.of(small, ToyModel.ROOT));
        platform = Platform.embedded(new DataDirectory(data), 0, PlatformSettings.of(models, "OnnxRuntime"));
        client = LongtakeClient.create(platform.kafka());
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
    }

    @Test
    void a_model_with_a_fifth_stage_makes_what_the_bare_loop_makes() {
        PromptEvent event = video("toy-five", 2);

        ReceivedVideo video = ReceivedVideo.order(client, event);

        assertThat(video.bytes())
                .hasSize(2 * FRAMES_A_SECOND * 4 * FRAME_BYTES)
                .isEqualTo(WholeVideoIT.bare(models, event));
        assertThat(ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.ACCEPTED)
                        .getStages())
                .containsExactly("keyframes", "interpolate", "decode", "upsample", "enlarge");
    }

    @Test
    void a_model_without_interpolation_makes_what_the_bare_loop_makes() {
        PromptEvent event = video("toy", 2);

        ReceivedVideo video = ReceivedVideo.order(client, event);

        assertThat(video.bytes())
                .hasSize(2 * FRAMES_A_SECOND * FRAME_BYTES)
                .isEqualTo(WholeVideoIT.bare(models, event));
        assertThat(ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.ACCEPTED)
                        .getStages())
                .containsExactly("keyframes", "decode", "upsample");
    }

    @Test
    void a_model_that_hands_its_trajectory_on_makes_what_the_bare_loop_makes() {
        PromptEvent event = video("toy-reuse", 5);

        assertThat(ReceivedVideo.order(client, event).bytes()).isEqualTo(WholeVideoIT.bare(models, event));
    }

    @Test
    void a_scene_that_begins_later_changes_what_follows_and_nothing_before() {
        PromptEvent one = video("toy", 2);
        Scene night = Scene.newBuilder().setPrompt("road by night").setSeed(5).build();
        PromptEvent two = PromptEvent.newBuilder(video("toy", 2))
                .setScenes(List.of(one.getScenes().get(0), new ScheduledScene(night, 1.0, 0.0)))
                .build();

        byte[] steady = ReceivedVideo.order(client, one).bytes();
        byte[] changing = ReceivedVideo.order(client, two).bytes();

        int change = FRAMES_A_SECOND * FRAME_BYTES;
        assertThat(changing).isEqualTo(WholeVideoIT.bare(models, two)).hasSameSizeAs(steady);
        assertThat(Arrays.copyOf(changing, change)).isEqualTo(Arrays.copyOf(steady, change));
        assertThat(Arrays.copyOfRange(changing, change, changing.length))
                .isNotEqualTo(Arrays.copyOfRange(steady, change, steady.length));
    }

    @Test
    void a_scene_that_takes_time_makes_what_the_bare_loop_makes() {
        PromptEvent one = video("toy", 3);
        Scene night = Scene.newBuilder().setPrompt("road by night").setSeed(5).build();
        PromptEvent two = PromptEvent.newBuilder(one)
                .setScenes(List.of(one.getScenes().get(0), new ScheduledScene(night, 1.0, 1.0)))
                .build();
        PromptEvent atOnce = PromptEvent.newBuilder(video("toy", 3))
                .setScenes(List.of(one.getScenes().get(0), new ScheduledScene(night, 1.0, 0.0)))
                .build();

        byte[] passing = ReceivedVideo.order(client, two).bytes();

        int first = FRAMES_A_SECOND * FRAME_BYTES;
        byte[] changed = WholeVideoIT.bare(models, atOnce);
        assertThat(passing).isEqualTo(WholeVideoIT.bare(models, two)).hasSameSizeAs(changed);
        assertThat(Arrays.copyOf(passing, first)).isEqualTo(Arrays.copyOf(changed, first));
        assertThat(Arrays.copyOfRange(passing, first, 2 * first))
                .isNotEqualTo(Arrays.copyOfRange(changed, first, 2 * first));
    }

    private static PromptEvent video(String model, double seconds) {
        return ReceivedVideo.prompt("road by day", seconds, 5)
                .setModel(model)
                .setCodec("raw")
                .build();
    }
}
