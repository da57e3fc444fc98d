package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.Order;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.model.VideoPlan;
import io.longtake.stage.BareLoop;
import io.longtake.stage.Stages;
import io.longtake.tensor.Frames;
import io.longtake.video.VideoReader;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with nothing left out: a real broker, every role, the shipped model. */
class WholeVideoIT {

    private static final ModelRepository MODELS = ModelRepository.standard();

    @TempDir
    private static Path data;

    private static Platform platform;
    private static LongtakeClient client;

    @BeforeAll
    static void start() {
        platform = Platform.embedded(new DataDirectory(data), 0, MODELS, ToyModel.STAGES, "OnnxRuntime");
        client = LongtakeClient.create(platform.kafka());
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
    }

    @Test
    void a_video_has_every_frame_once_and_in_time() {
        ReceivedVideo video = ReceivedVideo.order(
                client, ReceivedVideo.prompt("a drive at night", 2.5, 7).build());

        try (VideoReader reader = VideoReader.open(video.writeTo(data.resolve("video.mp4")))) {
            assertThat(reader.width()).isEqualTo(512);
            assertThat(reader.height()).isEqualTo(256);
            int frames = 0;
            while (reader.next().isPresent()) {
                assertThat(reader.microseconds())
                        .isCloseTo(frames * 1_000_000L / 24, org.assertj.core.data.Offset.offset(1L));
                frames++;
            }
            assertThat(frames).isEqualTo(60);
        }
        assertThat(ReceivedVideo.await(client, video.order().getVideoId(), VideoEventKind.FINISHED)
                        .getFrames())
                .isEqualTo(60);
    }

    @Test
    void the_same_event_gives_the_same_video_and_another_seed_another() {
        ReceivedVideo once = ReceivedVideo.order(
                client, ReceivedVideo.prompt("an empty road", 1.5, 7).build());
        ReceivedVideo again = ReceivedVideo.order(
                client, ReceivedVideo.prompt("an empty road", 1.5, 7).build());
        ReceivedVideo other = ReceivedVideo.order(
                client, ReceivedVideo.prompt("an empty road", 1.5, 8).build());

        assertThat(again.sha256()).isEqualTo(once.sha256());
        assertThat(other.sha256()).isNotEqualTo(once.sha256());
    }

    @Test
    void a_lossless_video_is_what_the_bare_stages_make_byte_for_byte() {
        PromptEvent event =
                ReceivedVideo.prompt("driving at noon", 2, 3).setCodec("raw").build();

        ReceivedVideo video = ReceivedVideo.order(client, event);

        assertThat(video.bytes()).isEqualTo(bare(event));
    }

    @Test
    void an_ffv1_video_holds_the_same_frames_as_a_raw_one() {
        ReceivedVideo raw = ReceivedVideo.order(
                client, ReceivedVideo.prompt("fog", 0.5, 3).setCodec("raw").build());
        ReceivedVideo ffv1 = ReceivedVideo.order(
                client, ReceivedVideo.prompt("fog", 0.5, 3).setCodec("ffv1").build());

        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        try (VideoReader reader = VideoReader.open(ffv1.writeTo(data.resolve("video.mkv")))) {
            for (Optional<Frames> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                decoded.writeBytes(frame.get().rgb());
            }
        }
        assertThat(decoded.toByteArray()).isEqualTo(raw.bytes());
    }

    @Test
    void a_cancelled_video_stops_and_the_next_is_served() {
        PromptEvent endless = ReceivedVideo.prompt("a drive", 600, 1).build();
        client.send(new Prompt(endless));
        ReceivedVideo.await(client, endless.getVideoId(), VideoEventKind.STAGE_DONE);

        client.video(endless.getVideoId()).cancel("seen enough");
        ReceivedVideo next = ReceivedVideo.order(
                client, ReceivedVideo.prompt("a drive", 0.5, 1).build());

        assertThat(ReceivedVideo.await(client, endless.getVideoId(), VideoEventKind.CANCELLED)
                        .getMessage())
                .isEqualTo("seen enough");
        assertThat(next.bytes()).isNotEmpty();
    }

    static byte[] bare(PromptEvent event) {
        return bare(MODELS, event);
    }

    static byte[] bare(ModelRepository models, PromptEvent event) {
        ByteArrayOutputStream video = new ByteArrayOutputStream();
        try (LoadedModel model = LoadedModel.open(models.find(event.getModel()), "OnnxRuntime")) {
            VideoPlan plan = VideoPlan.of(model.manifest(), event.getSeconds());
            Order order = new Order(event, model.manifest(), model.digest(), plan);
            new BareLoop(Stages.open(model), model.manifest().pipeline(), plan, order::sceneAt, order::transitionAt)
                    .forEachRemaining(frames -> video.writeBytes(frames.rgb()));
        }
        return video.toByteArray();
    }
}
