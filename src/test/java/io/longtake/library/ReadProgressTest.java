package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.FragmentChunk;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadProgressTest {

    private static final String SEGMENTS = "longtake.segments";

    private final Records video = new Records(UUID.randomUUID().toString());
    private final Records other = new Records(UUID.randomUUID().toString());
    private final ReadProgress progress = new ReadProgress();

    @Test
    void a_record_that_was_taken_is_not_read_again() {
        progress.reached(new TopicPartition("longtake.prompts", 2), 7);
        took(10, video.header());

        assertThat(progress.safe()).isEqualTo(Map.of("longtake.prompts-2", 7L, "longtake.segments-0", 11L));
    }

    @Test
    void a_fragment_is_read_again_from_its_first_record_until_its_last_was_taken() {
        List<FragmentChunk> large = video.large();
        took(10, large.get(0));
        took(11, other.header());
        assertThat(progress.safe()).containsEntry("longtake.segments-0", 10L);

        took(12, large.get(1));
        assertThat(progress.safe()).containsEntry("longtake.segments-0", 13L);
    }

    @Test
    void a_copy_that_is_begun_again_counts_from_there() {
        took(10, video.large().get(0));
        took(20, video.large().get(0));

        assertThat(progress.safe()).containsEntry("longtake.segments-0", 20L);
    }

    @Test
    void a_fragment_that_is_never_finished_holds_nobody_up_for_ever() {
        took(10, video.large().get(0));
        took(5_000, other.header());

        assertThat(progress.safe()).containsEntry("longtake.segments-0", 5_001L);
    }

    @Test
    void a_restart_begins_with_the_first_record_of_a_later_version() {
        progress.reached(new TopicPartition(SEGMENTS, 0), 9);
        progress.passedOver(new TopicPartition(SEGMENTS, 0), 9);
        took(10, video.header());
        progress.passedOver(new TopicPartition(SEGMENTS, 0), 11);
        took(12, other.header());
        progress.reached(new TopicPartition(SEGMENTS, 1), 5);

        assertThat(progress.safe()).isEqualTo(Map.of("longtake.segments-0", 9L, "longtake.segments-1", 5L));
        assertThat(progress.next(new TopicPartition(SEGMENTS, 0))).hasValue(13);
    }

    private void took(long offset, FragmentChunk fragment) {
        progress.took(new ConsumerRecord<>(SEGMENTS, 0, offset, fragment.getVideoId(), new byte[0]), fragment);
    }
}
