package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    private static final String VIDEO = "8a1f0c3e-5b7d-4e1a-9c2b-000000000001";
    private static final Position THERE = new Position(Topic.FRAMES, VIDEO, 3, 72, 4711, 88, false);

    @Test
    void what_is_written_down_is_read_back() {
        Position end = new Position(Topic.SEGMENTS, VIDEO, 999_999_999, 1L << 50, 1L << 55, 0, true);

        assertThat(THERE).hasToString("longtake.frames/" + VIDEO + "/3/72/4711/88");
        assertThat(Position.parse(THERE.toString())).isEqualTo(THERE);
        assertThat(Position.parse(end.toString())).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "longtake.frames/8a1f0c3e-5b7d-4e1a-9c2b-000000000001/3/72/4711",
                "longtake.frames/8a1f0c3e-5b7d-4e1a-9c2b-000000000001/3/72/4711/-1",
                "longtake.nothing/8a1f0c3e-5b7d-4e1a-9c2b-000000000001/3/72/4711/88",
                "longtake.frames/-------------------------------video/3/72/4711/88",
                "longtake.frames/8a1f0c3e-5b7d-4e1a-9c2b-000000000001/3/72/4711/99999999999999999999",
            })
    void what_no_delivery_told_is_no_position(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_feed_goes_on_only_from_a_position_of_its_own() {
        Feed<String> feed = new Feed<>(Topic.SEGMENTS, VIDEO, new Start.Behind(THERE), start -> null);

        assertThatThrownBy(() -> feed.from(THERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position: expected one of longtake.segments of video " + VIDEO + ", got " + THERE);
    }
}
