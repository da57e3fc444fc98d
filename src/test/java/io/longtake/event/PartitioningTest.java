package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitioningTest {

    @AfterEach
    void clear() {
        System.clearProperty(Partitioning.PROPERTY);
    }

    @Test
    void home_is_where_kafkas_java_clients_put_a_key() {
        for (int count : new int[] {1, 2, 6, 50}) {
            for (int i = 0; i < 100; i++) {
                String key = new UUID(i, 7 * i).toString();
                assertThat(new Partitioning(count).home(key))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), count));
            }
        }
    }

    @Test
    void nothing_is_configured_unless_somebody_says_so() {
        assertThat(Partitioning.configured()).isEmpty();

        System.setProperty(Partitioning.PROPERTY, "6");

        assertThat(Partitioning.configured()).contains(new Partitioning(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "99999", "six", "1.5"})
    void what_is_no_number_of_partitions_is_refused(String said) {
        System.setProperty(Partitioning.PROPERTY, said);

        assertThatThrownBy(Partitioning::configured)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longtake.topics.partitions must be from 1 to 1000, found '" + said + "'");
    }

    @Test
    void another_number_than_the_topics_have_is_refused_with_the_ways_out() {
        new Partitioning(6).require(6);

        assertThatThrownBy(() -> new Partitioning(6).require(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("longtake.topics.partitions is 6")
                .hasMessageContaining("have 1 partitions")
                .hasMessageContaining("leave it out");
    }
}
