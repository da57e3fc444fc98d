package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordTimeTest {

    private static final long NOW = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void a_time_that_can_be_true_is_taken_as_it_is() {
        assertThat(RecordTime.of(0, NOW)).isZero();
        assertThat(RecordTime.of(NOW - 1, NOW)).isEqualTo(NOW - 1);
        assertThat(RecordTime.of(NOW + HOUR, NOW)).isEqualTo(NOW + HOUR);
    }

    @Test
    void a_record_without_a_time_is_of_now() {
        assertThat(RecordTime.of(-1, NOW)).isEqualTo(NOW);
        assertThat(RecordTime.of(Long.MIN_VALUE, NOW)).isEqualTo(NOW);
    }

    @Test
    void a_record_of_a_time_that_no_broker_would_take_from_us_is_of_now() {
        assertThat(RecordTime.of(NOW + HOUR + 1, NOW)).isEqualTo(NOW);
        assertThat(RecordTime.of(HostileRecords.YEAR_9999, NOW)).isEqualTo(NOW);
        assertThat(RecordTime.of(Long.MAX_VALUE, NOW)).isEqualTo(NOW);
    }
}
