package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.meter.OddRecords;
import io.longtake.meter.StrictMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker hears of videos that have ended, from Kafka's own model of a consumer. */
class EndedVideosTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.VIDEOS.topicName(), 0);

    private final MeterRegistry meters = StrictMeters.create();
    private final String one = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();
    private final List<byte[]> log = new ArrayList<>();
    private final Deque<KafkaException> faults = new ArrayDeque<>();
    private EndedVideos videos;

    @AfterEach
    void close() {
        videos.close();
    }

    @Test
    void a_video_that_was_cancelled_or_has_failed_has_ended() {
        tell(one, VideoEventKind.ACCEPTED);
        tell(one, VideoEventKind.CANCELLED);
        tell(other, VideoEventKind.FAILED);

        listen();

        Waiting.until("both to end", () -> videos.contains(one) && videos.contains(other));
        assertThat(videos.listens()).isTrue();
    }

    @Test
    void a_video_that_was_refused_and_then_accepted_has_not_ended() {
        tell(one, VideoEventKind.FAILED);
        tell(one, VideoEventKind.ACCEPTED);
        tell(other, VideoEventKind.FAILED);

        listen();

        Waiting.until("the last to be heard", () -> videos.contains(other));
        assertThat(videos.contains(one)).isFalse();
    }

    @Test
    void a_listener_that_kafka_left_listens_again_from_the_beginning() {
        faults.add(new TimeoutException("nobody there"));
        faults.add(new KafkaException("still restarting"));
        tell(one, VideoEventKind.CANCELLED);

        listen();

        Waiting.until("the cancellation", () -> videos.contains(one));
        assertThat(videos.failure()).isEmpty();
    }

    @Test
    void a_listener_that_may_not_listen_says_so_and_ends() {
        faults.add(new TopicAuthorizationException(Topic.VIDEOS.topicName()));

        listen();

        Waiting.until("the failure", () -> videos.failure().isPresent());
        assertThat(videos.failure().orElseThrow()).contains("which videos have ended", "longtake.videos");
        assertThat(videos.listens()).isFalse();
    }

    @Test
    void what_cannot_be_read_is_passed_over_and_counted() {
        log.add(null);
        log.add(new byte[] {1, 2, 3});
        tell("x".repeat(100_000), VideoEventKind.CANCELLED);
        tell(one, VideoEventKind.CANCELLED);

        listen();

        Waiting.until("the cancellation", () -> videos.contains(one));
        assertThat(meters.get(OddRecords.SKIPPED)
                        .tags("reader", "ended-videos", "topic", "longtake.videos")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    private void listen() {
        OddRecords skipped = new OddRecords("ended-videos", meters);
        videos = EndedVideos.listen(this::consumer, skipped);
    }

    private Consumer<String, byte[]> consumer() {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
        consumer.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) log.size()));
        if (!faults.isEmpty()) {
            consumer.setPollException(faults.pop());
            return consumer;
        }
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < log.size(); i++) {
                consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, i, "key", log.get(i)));
            }
        });
        return consumer;
    }

    private void tell(String video, VideoEventKind kind) {
        log.add(Wire.encode(VideoEvent.newBuilder()
                .setVideoId(video)
                .setKind(kind)
                .setAt(Instant.EPOCH)
                .build()));
    }
}
