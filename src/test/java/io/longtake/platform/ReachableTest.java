package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "a.example:1,b.example:65535", "[::1]:9092"})
    void lists_of_host_and_port_are_well_formed(String servers) {
        assertThat(Reachable.wellFormed(servers)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", ":9092", "localhost:70000", "a:1,,b:2", "a:1, b"})
    void anything_else_is_not(String servers) {
        assertThat(Reachable.wellFormed(servers)).isFalse();
    }

    @Test
    void somebody_who_listens_answers_and_nobody_does_not() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(Reachable.answers("127.0.0.1:" + port)).isTrue();
        }
        assertThat(Reachable.answers("127.0.0.1:" + port)).isFalse();
    }

    @Test
    void another_program_at_a_kafkas_address_is_told_from_a_kafka() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();

            assertThat(Reachable.answers(address)).isTrue();
            assertThat(Reachable.problem(KafkaConnection.to(address), 200).orElseThrow())
                    .startsWith("no Kafka answers at " + address)
                    .contains("something else listens there");
        }
    }
}
