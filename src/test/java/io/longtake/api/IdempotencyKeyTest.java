package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.VideoId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    @Test
    void the_same_key_is_the_same_video_for_ever() {
        assertThat(new IdempotencyKey("order 7").videoId()).isEqualTo(new IdempotencyKey("order 7").videoId());
        assertThat(new IdempotencyKey("order 7").videoId()).isNotEqualTo(new IdempotencyKey("order 8").videoId());
    }

    @Test
    void the_id_is_a_canonical_uuid_that_no_random_one_equals() {
        String id = new IdempotencyKey("order 7").videoId();

        assertThat(VideoId.isOne(id)).isTrue();
        assertThat(UUID.fromString(id).version()).isEqualTo(8);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    }

    @Test
    void a_key_has_a_length() {
        assertThatThrownBy(() -> new IdempotencyKey(" ")).hasMessageContaining("1 .. 255");
        assertThatThrownBy(() -> new IdempotencyKey("x".repeat(256))).hasMessageContaining("has 256 characters");
    }
}
