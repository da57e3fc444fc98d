package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class DeliveryLimitIT {

    private static final String SETTING = "share.delivery.count.limit";

    private final KafkaConnection kafka;

    DeliveryLimitIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @AfterEach
    void forget() {
        ShareGroup.unset(kafka, SETTING);
    }

    @Test
    void the_limit_is_the_groups_own() {
        ShareGroup.set(kafka, SETTING, "7");

        // the controller knows before the broker does
        Waiting.until(
                "the setting to take effect",
                () -> DeliveryLimit.of(kafka, WorkerSettings.shareGroup("keyframes")) == 7);
    }

    @Test
    void a_group_that_says_nothing_has_that_of_its_broker() {
        assertThat(DeliveryLimit.of(kafka, WorkerSettings.shareGroup("keyframes")))
                .isEqualTo(5);
    }
}
