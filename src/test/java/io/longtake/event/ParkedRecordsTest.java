package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ParkedRecordsTest {

    private static final DeadLetters.Place PLACE = new DeadLetters.Place("longtake.results", 2, 70);
    private static final byte[] VALUE = {1, 2, 3};

    @Test
    void a_parked_record_is_sent_again_as_it_was() {
        List<Header> headers = List.of(
                new RecordHeader("a", new byte[] {7}), new RecordHeader("a", null), new RecordHeader("b", VALUE));

        Outgoing again = ParkedRecords.again(
                Wire.decode(Wire.encode(parked("key", VALUE, new RecordHeaders(headers))), ParkedRecord.class), 2);

        assertThat(again.toProduce())
                .usingRecursiveComparison()
                .isEqualTo(
                        new ProducerRecord<>("longtake.results", 2, 5000L, "key", VALUE, new RecordHeaders(headers)));
    }

    @Test
    void a_record_without_a_key_stays_without_one() {
        assertThat(ParkedRecords.again(parked(null, VALUE, new RecordHeaders()), null)
                        .key())
                .isNull();
    }

    @Test
    void a_record_that_does_not_fit_with_its_place_is_not_parked() {
        byte[] full = new byte[Wire.LIMIT];

        assertThatThrownBy(() -> Wire.encode(parked("key", full, new RecordHeaders())))
                .isInstanceOf(OversizedRecordException.class)
                .hasMessageContaining("ParkedRecord");
    }

    @Test
    void the_key_says_whose_it_is_and_where_it_lay() {
        ParkedKey key = ParkedKey.of(parked("key", VALUE, new RecordHeaders()));

        assertThat(key).hasToString("director/longtake.results/2/70");
        assertThat(ParkedKey.parse(key.toString())).contains(key);
        assertThat(ParkedKey.parse(null)).isEmpty();
        assertThat(ParkedKey.parse("director/longtake.results/-1/70")).isEmpty();
        assertThat(ParkedKey.parse("director/longtake.results/99999999999/70")).isEmpty();
    }

    private static ParkedRecord parked(String key, byte[] value, Headers headers) {
        return ParkedRecords.of("director", PLACE, key, value, headers, Instant.ofEpochMilli(5000), 42);
    }
}
