package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.event.Scene;
import io.longtake.model.InputRole;
import io.longtake.model.InputSource;
import io.longtake.model.LoadedModel;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.longtake.model.VideoPlan;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareLoopTest {

    private static final Scene SCENE = new Scene("road by night", "", 11L, 2.0, 4);

    @TempDir
    Path root;

    @Test
    void makes_a_video_whose_last_segment_is_cut_short() {
        List<Frames> video = video(ToyModel.stored(), 10);
        assertThat(video).extracting(Frames::count).containsExactly(4, 4, 2);
        assertThat(video).extracting(Frames::width).containsOnly(16);
    }

    @Test
    void makes_the_same_video_again() {
        assertThat(video(ToyModel.stored(), 12)).isEqualTo(video(ToyModel.stored(), 12));
    }

    @Test
    void a_longer_video_begins_like_the_shorter_one() {
        assertThat(video(ToyModel.stored(), 16).subList(0, 2)).isEqualTo(video(ToyModel.stored(), 8));
    }

    @Test
    void does_without_interpolation_and_upsampler_where_the_model_does() {
        StoredModel small = ToyModel.copy(root, manifest -> {
            ((ObjectNode) manifest.at("/stages")).remove(List.of("interpolate", "upsample"));
            ((ObjectNode) manifest.at("/segment")).put("frames", 2);
            ((ObjectNode) manifest.at("/film")).put("width", 8).put("height", 4);
        });
        List<Frames> video = video(small, 5);
        assertThat(video).extracting(Frames::count).containsExactly(2, 2, 1);
        assertThat(video).extracting(Frames::width).containsOnly(8);
    }

    @Test
    void hands_every_segment_what_the_one_before_left_for_it() {
        try (LoadedModel model = LoadedModel.open(ToyModel.reuse(), "OnnxRuntime")) {
            Watched stages = new Watched(Stages.open(model));
            BareLoop loop = new BareLoop(
                    stages, model.manifest().pipeline(), VideoPlan.ofFrames(model.manifest(), 30), segment -> SCENE);
            List<Frames> video = new ArrayList<>();
            loop.forEachRemaining(video::add);
            assertThat(video).extracting(Frames::count).containsExactly(10, 10, 10);
            assertThat(stages.needed)
                    .containsExactly(
                            Map.of(),
                            Map.of(InputRole.STATE, stages.left.get(0)),
                            Map.of(InputRole.STATE, stages.left.get(1)));
            assertThat(video).isEqualTo(video(ToyModel.reuse(), 30)).doesNotHaveDuplicates();
        }
    }

    /** Listens to what keyframes are asked for, and what they leave. */
    private static final class Watched implements Stage {

        private final Stage stages;
        private final List<Map<InputRole, Content>> needed = new ArrayList<>();
        private final List<Content> left = new ArrayList<>();

        Watched(Stage stages) {
            this.stages = stages;
        }

        @Override
        public StageOutputs run(StageInput input, Cancellation cancellation) {
            StageOutputs made = stages.run(input, cancellation);
            if (input.stage().equals("keyframes")) {
                needed.add(input.inputs());
                left.add(made.byName().get(InputSource.STATE));
            }
            return made;
        }
    }

    @Test
    void ends_with_its_last_segment() {
        try (LoadedModel model = ToyModel.open()) {
            BareLoop loop = loop(model, 1);
            loop.next();
            assertThat(loop.hasNext()).isFalse();
            assertThatThrownBy(loop::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    private static List<Frames> video(StoredModel stored, long frames) {
        try (LoadedModel model = LoadedModel.open(stored, "OnnxRuntime")) {
            List<Frames> video = new ArrayList<>();
            loop(model, frames).forEachRemaining(video::add);
            return video;
        }
    }

    private static BareLoop loop(LoadedModel model, long frames) {
        Stages stages = Stages.open(model);
        return new BareLoop(
                stages, model.manifest().pipeline(), VideoPlan.ofFrames(model.manifest(), frames), segment -> SCENE);
    }
}
