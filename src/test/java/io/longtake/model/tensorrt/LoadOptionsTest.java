package io.longtake.model.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadOptionsTest {

    @Test
    void nothing_given_is_level_3_without_graphs() {
        LoadOptions options = LoadOptions.parse(null);

        assertThat(options.build()).isEqualTo(BuildOptions.defaults());
        assertThat(options.graphs()).isZero();
        assertThat(options.planCache()).isNull();
    }

    @Test
    void everything_given_is_read() {
        LoadOptions options = LoadOptions.parse(Map.of(
                "profile.latent", "1x8x4/2x8x4/4x8x4 ; 1x16x4",
                "profile.t", "1x8/2x8/4x8;1x16",
                "optLevel", "5",
                "refit", List.of("down.*", "up"),
                "workspace", 1 << 20,
                "cudaGraphs", true,
                "planCache", "/plans"));

        assertThat(options.build().profiles().get("latent"))
                .extracting(ShapeRange::toString)
                .containsExactly("1x8x4/2x8x4/4x8x4", "1x16x4/1x16x4/1x16x4");
        assertThat(options.build().profileCount()).isEqualTo(2);
        assertThat(options.build().optLevel()).isEqualTo(5);
        assertThat(options.build().refit()).containsExactly("down.*", "up");
        assertThat(options.build().workspace()).isEqualTo(1 << 20);
        assertThat(options.graphs()).isEqualTo(8);
        assertThat(options.planCache()).isEqualTo(Path.of("/plans"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    optlevel      | 3               | knows no option 'optlevel'
                    profile.      | 1x2             | knows no option 'profile.'
                    optLevel      | 6               | optLevel must be 0 to 5, found 6
                    optLevel      | high            | optLevel must be a whole number, found 'high'
                    tf32          | 1               | tf32 must be true or false, found '1'
                    workspace     | -1              | workspace must be bytes
                    cudaGraphs    | yes             | cudaGraphs must be true, false or how many
                    cudaGraphs    | -2              | cudaGraphs must be true, false or how many
                    profile.x     | 1x2/2x2         | profile.x: a profile is min/opt/max or one shape, found '1x2/2x2'
                    profile.x     | 1xA             | profile.x: a shape is sizes with x between
                    profile.x     | 2x2/1x2/4x2     | profile.x: shapes must have as many axes each
                    profile.x     | 1x2/2x2/4x2x1   | profile.x: shapes must have as many axes each
                    profile.x     | 0x2             | profile.x: shapes must have as many axes each
                    progress      | shown           | progress must be a ai.djl.util.Progress
                    timings       | told            | timings must be a java.util.function.DoubleConsumer
                    """)
    void what_is_unknown_or_wrong_is_named(String key, String value, String message) {
        assertThatThrownBy(() -> LoadOptions.parse(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void inputs_must_have_as_many_profiles_as_each_other() {
        assertThatThrownBy(() -> LoadOptions.parse(Map.of("profile.x", "1x2;2x2", "profile.y", "1x2")))
                .hasMessageContaining("as many profiles as the others");
    }

    @Test
    void a_range_takes_what_lies_between_along_every_axis() {
        ShapeRange range = ShapeRange.parse("1x8/2x16/4x32");

        assertThat(range.takes(new Shape(1, 32))).isTrue();
        assertThat(range.takes(new Shape(5, 16))).isFalse();
        assertThat(range.takes(new Shape(2, 7))).isFalse();
        assertThat(range.takes(new Shape(2))).isFalse();
    }

    @Test
    void the_order_of_names_does_not_make_another_plan() {
        assertThat(LoadOptions.parse(Map.of("refit", "a,b")).build().canonical())
                .isEqualTo(LoadOptions.parse(Map.of("refit", "b, a")).build().canonical());
    }
}
