package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecTest {

    @ParameterizedTest
    @EnumSource
    void a_wire_name_parses_to_its_codec(Codec codec) {
        assertThat(Codec.parse(codec.wireName())).isEqualTo(codec);
    }

    @Test
    void an_unknown_codec_is_refused_with_the_choices() {
        assertThatThrownBy(() -> Codec.parse("vp9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("codec: expected one of h264, ffv1, raw, got 'vp9'");
    }

    @Test
    void no_codec_is_refused() {
        assertThatThrownBy(() -> Codec.parse(null)).hasMessageEndingWith("got nothing");
    }
}
