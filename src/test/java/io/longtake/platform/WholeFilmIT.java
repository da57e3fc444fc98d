package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.PromptEvent;
import io.longtake.event.StageName;
import io.longtake.event.VideoEventKind;
import io.longtake.model.FilmPlan;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.stage.BareLoop;
import io.longtake.stage.Stages;
import io.longtake.tensor.Frames;
import io.longtake.video.FilmReader;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with nothing left out: a real broker, every role, the shipped model. */
class WholeFilmIT {

    private static final ModelRepository MODELS = ModelRepository.standard();

    @TempDir
    private static Path data;

    private static Platform platform;
    private static LongtakeClient client;

    @BeforeAll
    static void start() {
        platform = Platform.embedded(new DataDirectory(data), 0, MODELS, EnumSet.allOf(StageName.class), "OnnxRuntime");
        client = LongtakeClient.create(platform.kafka());
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
    }

    @Test
    void a_film_has_every_frame_once_and_in_time() {
        Film film = Film.order(client, Film.prompt("a drive at night", 2.5, 7).build());

        try (FilmReader reader = FilmReader.open(film.writeTo(data.resolve("film.mp4")))) {
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
        assertThat(Film.await(client, film.order().getVideoId(), VideoEventKind.FINISHED)
                        .getFrames())
                .isEqualTo(60);
    }

    @Test
    void the_same_event_gives_the_same_film_and_another_seed_another() {
        Film once = Film.order(client, Film.prompt("an empty road", 1.5, 7).build());
        Film again = Film.order(client, Film.prompt("an empty road", 1.5, 7).build());
        Film other = Film.order(client, Film.prompt("an empty road", 1.5, 8).build());

        assertThat(again.sha256()).isEqualTo(once.sha256());
        assertThat(other.sha256()).isNotEqualTo(once.sha256());
    }

    @Test
    void a_lossless_film_is_what_the_bare_stages_make_byte_for_byte() {
        PromptEvent event = Film.prompt("driving at noon", 2, 3).setCodec("raw").build();

        Film film = Film.order(client, event);

        assertThat(film.bytes()).isEqualTo(bare(event));
    }

    @Test
    void an_ffv1_film_holds_the_same_frames_as_a_raw_one() {
        Film raw = Film.order(client, Film.prompt("fog", 0.5, 3).setCodec("raw").build());
        Film ffv1 =
                Film.order(client, Film.prompt("fog", 0.5, 3).setCodec("ffv1").build());

        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        try (FilmReader reader = FilmReader.open(ffv1.writeTo(data.resolve("film.mkv")))) {
            for (Optional<Frames> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                decoded.writeBytes(frame.get().rgb());
            }
        }
        assertThat(decoded.toByteArray()).isEqualTo(raw.bytes());
    }

    @Test
    void a_cancelled_film_stops_and_the_next_is_served() {
        PromptEvent endless = Film.prompt("a drive", 600, 1).build();
        client.send(new Prompt(endless));
        Film.await(client, endless.getVideoId(), VideoEventKind.STAGE_DONE);

        client.film(endless.getVideoId()).cancel("seen enough");
        Film next = Film.order(client, Film.prompt("a drive", 0.5, 1).build());

        assertThat(Film.await(client, endless.getVideoId(), VideoEventKind.CANCELLED)
                        .getMessage())
                .isEqualTo("seen enough");
        assertThat(next.bytes()).isNotEmpty();
    }

    static byte[] bare(PromptEvent event) {
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        try (LoadedModel model = LoadedModel.open(MODELS.find(event.getModel()), "OnnxRuntime")) {
            BareLoop.Request request = new BareLoop.Request(
                    event.getPrompt(),
                    event.getNegativePrompt(),
                    event.getSeed(),
                    model.manifest().stages().keyframes().guidance(),
                    model.manifest().stages().keyframes().steps());
            FilmPlan plan = FilmPlan.of(model.manifest(), event.getSeconds());
            new BareLoop(Stages.open(model, EnumSet.allOf(StageName.class)), plan, request)
                    .forEachRemaining(frames -> film.writeBytes(frames.rgb()));
        }
        return film.toByteArray();
    }
}
