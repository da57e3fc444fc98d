package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueSettingTest {

    private static final KafkaFeatures LATEST =
            new KafkaFeatures(Map.of("share.version", (short) 1, "group.version", (short) 1));
    private static final KafkaFeatures NO_SHARE = new KafkaFeatures(Map.of("group.version", (short) 1));
    private static final KafkaFeatures OLD = new KafkaFeatures(Map.of("share.version", (short) 0));

    @AfterEach
    void forget() {
        System.clearProperty(QueueSetting.PROPERTY);
        System.clearProperty(TaskPartitions.PROPERTY);
    }

    @Test
    void unless_it_is_set_kafka_decides() {
        assertThat(QueueSetting.configured()).isEqualTo(QueueSetting.AUTO);
        assertThat(QueueSetting.AUTO.on(LATEST)).isEqualTo(QueueProtocol.SHARE);
        assertThat(QueueSetting.AUTO.on(NO_SHARE)).isEqualTo(QueueProtocol.CONSUMER);
        assertThat(QueueSetting.AUTO.on(OLD)).isEqualTo(QueueProtocol.CLASSIC);
    }

    @Test
    void consumer_groups_can_be_asked_for_on_any_kafka_and_share_groups_where_they_are() {
        System.setProperty(QueueSetting.PROPERTY, "group");
        assertThat(QueueSetting.configured().on(LATEST)).isEqualTo(QueueProtocol.CONSUMER);

        System.setProperty(QueueSetting.PROPERTY, " share ");
        assertThat(QueueSetting.configured().on(LATEST)).isEqualTo(QueueProtocol.SHARE);
        assertThatThrownBy(() -> QueueSetting.configured().on(OLD))
                .hasMessageStartingWith("longtake.queue=share: this Kafka has no share groups");
    }

    @Test
    void garbage_is_refused_with_what_is_allowed() {
        System.setProperty(QueueSetting.PROPERTY, "rabbit");
        assertThatThrownBy(QueueSetting::configured)
                .hasMessage("longtake.queue must be one of auto, share, group, found 'rabbit'");

        System.setProperty(TaskPartitions.PROPERTY, "1");
        assertThatThrownBy(() -> TaskPartitions.configured(QueueProtocol.CLASSIC))
                .hasMessage("longtake.queue.partitions must be from 2 to 1000, found '1'");
        System.setProperty(TaskPartitions.PROPERTY, "many");
        assertThatThrownBy(() -> TaskPartitions.configured(QueueProtocol.CONSUMER))
                .hasMessage("longtake.queue.partitions must be from 2 to 1000, found 'many'");
    }

    @Test
    void a_share_groups_tasks_lie_in_one_partition_whatever_is_set() {
        System.setProperty(TaskPartitions.PROPERTY, "64");

        assertThat(TaskPartitions.configured(QueueProtocol.SHARE).number()).isEqualTo(1);
        assertThat(TaskPartitions.configured(QueueProtocol.CONSUMER).number()).isEqualTo(64);
    }
}
