package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationTest {

    @AfterEach
    void unset() {
        System.clearProperty(Replication.PROPERTY);
    }

    @Test
    void a_platform_makes_as_many_copies_as_kafka_does_unless_told_otherwise() {
        assertThat(Replication.configured()).isEqualTo(Replication.OF_KAFKA);
        assertThat(Topic.PROMPTS.create(1, Replication.OF_KAFKA).replicationFactor())
                .isEqualTo((short) -1);

        System.setProperty(Replication.PROPERTY, "3");

        assertThat(Topic.PROMPTS.create(1, Replication.configured()).replicationFactor())
                .isEqualTo((short) 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "two", "-1", "99999999999"})
    void another_number_is_refused_by_name_and_limit(String number) {
        System.setProperty(Replication.PROPERTY, number);
        assertThatThrownBy(Replication::configured)
                .hasMessage("longtake.topics.replication must be from 1 to 100, found '" + number + "'");
    }
}
