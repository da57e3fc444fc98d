package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    @Test
    void a_letter_is_short_whatever_the_sender_of_the_record_chose() {
        DeadLetter letter = DeadLetters.of(
                DeadLetters.Place.NOWHERE, "k".repeat(9_000), new byte[100_000], Instant.EPOCH, "r".repeat(9_000));
        assertThat(letter.getKey()).hasSize(256);
        assertThat(letter.getReason()).hasSize(1000);
        assertThat(letter.getValue().remaining()).isEqualTo(65_536);
    }

    @Test
    void a_record_without_key_and_value_has_a_letter_too() {
        DeadLetter letter = DeadLetters.of(DeadLetters.Place.NOWHERE, null, null, Instant.EPOCH, "empty");
        assertThat(letter.getKey()).isEmpty();
        assertThat(letter.getValue().remaining()).isZero();
    }
}
