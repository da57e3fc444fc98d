package io.longtake.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProducerPerfTestTest {

    @Test
    void the_rate_of_the_whole_run_is_told_in_megabytes_of_ten_to_the_six() {
        String said =
                """
                120 records sent, 24.0 records/sec (18.00 MB/sec), 12.4 ms avg latency, 30.0 ms max latency.
                341 records sent, 113.7 records/sec (85.25 MB/sec), 91.2 ms avg latency, 200.0 ms max latency, 90 ms 50th
                """;

        assertThat(ProducerPerfTest.parsed(said)).isCloseTo(85.25 * 1.048576, within(1e-9));
    }

    @Test
    void an_answer_without_a_rate_is_told() {
        assertThatThrownBy(() -> ProducerPerfTest.parsed("usage: producer-performance"))
                .hasMessageContaining("usage: producer-performance");
    }
}
