package io.longtake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class NodeAddressTest {

    @Test
    void any_port_means_two_different_free_ones() {
        NodeAddress address = NodeAddress.choose(0, 0);

        assertThat(address.brokerPort()).isPositive().isNotEqualTo(address.controllerPort());
        assertThat(address.bootstrapServers()).isEqualTo("127.0.0.1:" + address.brokerPort());
    }

    @Test
    void a_taken_port_is_refused_by_its_number() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> NodeAddress.choose(taken.getLocalPort(), 0))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("taken");
        }
    }

    @Test
    void any_port_is_that_of_last_time_if_it_is_free() throws IOException {
        int last = NodeAddress.choose(0, 0).brokerPort();

        assertThat(NodeAddress.choose(0, last).brokerPort()).isEqualTo(last);
        try (ServerSocket taken = new ServerSocket(last, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(NodeAddress.choose(0, taken.getLocalPort()).brokerPort())
                    .isPositive()
                    .isNotEqualTo(last);
        }
    }

    @Test
    void any_port_is_none_that_a_system_gives_to_outgoing_connections() {
        assertThat(NodeAddress.choose(0, 0).brokerPort()).isLessThan(32_768);
    }

    @Test
    void a_port_out_of_range_is_refused() {
        assertThatThrownBy(() -> NodeAddress.choose(65536, 0)).hasMessageContaining("expected 0..65535, got 65536");
    }
}
