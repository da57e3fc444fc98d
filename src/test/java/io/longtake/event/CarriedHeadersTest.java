package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CarriedHeadersTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_key_that_comes_twice_goes_on_once_with_its_last_value() {
        Headers cause = headers("a", "1", "b", "2", "a", "3");

        assertThat(carried(cause)).isEqualTo(headers("a", "3", "b", "2"));
    }

    @Test
    void handing_on_at_every_hop_multiplies_nothing() {
        Headers hop = headers("traceparent", PARENT, "tenant", "a");
        for (int i = 0; i < 20; i++) {
            hop = new Outgoing("topic", null, null, "key", new byte[1], hop)
                    .causedBy(CarriedHeaders.of(hop))
                    .headers();
        }

        assertThat(hop).isEqualTo(headers("traceparent", PARENT, "tenant", "a"));
    }

    @Test
    void headers_of_kafka_itself_are_left_behind() {
        assertThat(carried(headers("__streams.errors.topic", "x", "a", "1"))).isEqualTo(headers("a", "1"));
    }

    @Test
    void of_a_flood_32_go_on_and_the_trace_is_among_them() {
        Headers cause = new RecordHeaders();
        IntStream.range(0, 2_000).forEach(i -> cause.add("h" + i, new byte[1]));
        cause.add("traceparent", PARENT.getBytes(StandardCharsets.UTF_8));

        assertThat(carried(cause).toArray()).hasSize(32);
        assertThat(carried(cause).lastHeader("traceparent")).isNotNull();
    }

    @Test
    void no_more_than_8_kib_go_on() {
        Headers cause = headers("a", "1");
        cause.add("large", new byte[8_200]).add("b", null);

        assertThat(carried(cause).toArray()).extracting(Header::key).containsExactly("a", "b");
        IntStream.range(0, 30).forEach(i -> cause.add("h" + i, new byte[1_000]));
        assertThat(Arrays.stream(carried(cause).toArray())
                        .mapToInt(header -> header.value() == null ? 0 : header.value().length)
                        .sum())
                .isBetween(7_001, 8_192);
    }

    @Test
    void a_record_that_is_full_goes_without_them() {
        CarriedHeaders cause = CarriedHeaders.of(headers("a", "x".repeat(8_000)));
        Outgoing full = new Outgoing("topic", null, null, "key", new byte[Wire.LIMIT], new RecordHeaders());
        Outgoing chunk = new Outgoing("topic", null, null, "key", new byte[Chunks.LIMIT + 50_000], new RecordHeaders());

        assertThat(full.causedBy(cause).headers().toArray()).isEmpty();
        assertThat(chunk.causedBy(cause).headers().toArray()).hasSize(1);
    }

    @Test
    void a_trace_of_a_request_is_taken_if_it_is_one() {
        assertThat(carried(CarriedHeaders.ofTrace(PARENT, "vendor=1")))
                .isEqualTo(headers("traceparent", PARENT, "tracestate", "vendor=1"));
        assertThat(carried(CarriedHeaders.ofTrace(PARENT, "x".repeat(600)))).isEqualTo(headers("traceparent", PARENT));
        assertThat(CarriedHeaders.ofTrace("00-anything", "vendor=1")).isEqualTo(CarriedHeaders.NONE);
        assertThat(CarriedHeaders.ofTrace(null, "vendor=1")).isEqualTo(CarriedHeaders.NONE);
    }

    private static Headers carried(Headers cause) {
        return carried(CarriedHeaders.of(cause));
    }

    private static Headers carried(CarriedHeaders cause) {
        return new Outgoing("topic", null, null, "key", null, new RecordHeaders())
                .causedBy(cause)
                .headers();
    }

    private static Headers headers(String... keysAndValues) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            headers.add(keysAndValues[i], keysAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }
}
