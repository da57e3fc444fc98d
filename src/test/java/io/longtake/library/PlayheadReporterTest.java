package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.longtake.event.PlayheadEvent;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class PlayheadReporterTest {

    private static final String ID = "11111111-2222-3333-4444-555555555555";

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final PlayheadReporter reporter =
            new PlayheadReporter(new Viewers(new LibraryVideos(), "server", () -> 0), kafka);
    private final PlayheadEvent event = new PlayheadEvent(ID, "server", 1, 48L, true, Instant.ofEpochMilli(5));

    @Test
    void news_go_to_the_director_under_the_videos_id() {
        reporter.tell(List.of(event));

        assertThat(kafka.history()).hasSize(1);
        assertThat(kafka.history().get(0).topic()).isEqualTo(Topic.PROMPTS.topicName());
        assertThat(kafka.history().get(0).key()).isEqualTo(ID);
        assertThat(Wire.decode(kafka.history().get(0).value())).isEqualTo(event);
    }

    @Test
    void a_kafka_that_does_not_take_them_stops_nothing() {
        kafka.sendException = new TimeoutException("no leader");
        assertThatCode(() -> reporter.tell(List.of(event, event))).doesNotThrowAnyException();

        kafka.sendException = null;
        reporter.tell(List.of(event));
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void a_round_that_fails_is_no_reason_not_to_walk_the_next() {
        Viewers broken = new Viewers(new LibraryVideos(), "server", () -> {
            throw new IllegalStateException("the clock is broken");
        });
        PlayheadReporter clumsy = new PlayheadReporter(broken, kafka);

        assertThatCode(clumsy::report).doesNotThrowAnyException();

        assertThat(clumsy.failure()).isEmpty();
    }
}
