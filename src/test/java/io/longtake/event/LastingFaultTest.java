package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LastingFaultTest {

    @ParameterizedTest
    @MethodSource("lasting")
    void trying_again_does_not_help_against(Throwable fault) {
        assertThat(LastingFault.isIn(fault)).isTrue();
        assertThat(LastingFault.isIn(new KafkaException("outer", fault))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("passing")
    void trying_again_may_help_against(Throwable fault) {
        assertThat(LastingFault.isIn(fault)).isFalse();
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new GroupAuthorizationException("workers"),
                new SaslAuthenticationException("who are you"),
                new UnsupportedVersionException("too old"));
    }

    static Stream<Throwable> passing() {
        return Stream.of(
                new TimeoutException("60 s"),
                new DisconnectException(),
                new KafkaException("something"),
                new IllegalStateException());
    }
}
