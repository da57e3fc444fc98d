package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoIdTest {

    @Test
    void a_uuid_as_java_writes_it_is_one() {
        String id = UUID.randomUUID().toString();

        assertThat(VideoId.isOne(id)).isTrue();
        assertThat(VideoId.require(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "holiday",
                "1-1-1-1-1",
                "0F8FAD5B-D9CB-469F-A165-70867728950E",
                "{0f8fad5b-d9cb-469f-a165-70867728950e}",
                "0f8fad5b-d9cb-469f-a165-70867728950e ",
                "0f8fad5bd9cb469fa16570867728950e",
                "../../../../../../../../../../etc/pas",
            })
    void what_is_written_otherwise_is_none(String text) {
        assertThat(VideoId.isOne(text)).isFalse();
        assertThatThrownBy(() -> VideoId.require(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("video_id: expected a UUID in its canonical form, got '" + text + "'");
    }
}
