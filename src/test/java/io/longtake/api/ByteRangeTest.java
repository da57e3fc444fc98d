package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 14. */
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,    0, 1",
        "bytes=0-,     0, 100",
        "bytes=10-19,  10, 20",
        "bytes=90-200, 90, 100",
        "bytes=-10,    90, 100",
        "bytes=-200,   0, 100",
        "BYTES=99-99,  99, 100"
    })
    void one_range_is_answered_with_it(String header, long from, long to) {
        assertThat(ByteRange.of(header, 100, false)).isEqualTo(new ByteRange(from, to, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "lines=0-1",
                "bytes=0-1,5-6",
                "bytes=1--2"
            })
    void what_is_no_single_range_is_answered_with_the_whole(String header) {
        assertThat(ByteRange.of(header, 100, false)).isEqualTo(new ByteRange(0, 100, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void bytes_that_are_not_there_are_refused_with_the_length(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, 100, false)).hasMessageContaining("100 bytes");
    }

    @Test
    void a_video_that_grows_has_no_length_and_no_last_bytes() {
        assertThat(ByteRange.of("bytes=10-", 100, true).contentRange(100, true)).isEqualTo("bytes 10-99/*");
        assertThat(ByteRange.of("bytes=10-", 100, false).contentRange(100, false))
                .isEqualTo("bytes 10-99/100");
        assertThat(ByteRange.of("bytes=-10", 100, true).partial()).isFalse();
    }
}
