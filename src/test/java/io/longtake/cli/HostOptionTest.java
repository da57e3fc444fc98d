package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class HostOptionTest {

    @Command(name = "up")
    private static final class Serving {
        @Mixin
        private HostOption host;
    }

    @Test
    void nobody_else_reaches_a_server_unless_somebody_says_so() {
        assertThat(parsed().name()).isEqualTo("localhost");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,   http://localhost:80",
        "'::',      http://localhost:80",
        "10.0.0.7,  http://10.0.0.7:80",
        "'::1',     http://[::1]:80"
    })
    void it_says_where_this_machine_reaches_it(String host, String url) {
        assertThat(parsed("--host", host).url(80)).isEqualTo(url);
    }

    @Test
    void what_is_no_address_is_refused_by_its_name() {
        HostOption host = parsed("--host", "1.2.3.4.5");

        assertThatThrownBy(host::name).hasMessage("--host 1.2.3.4.5 is no address of a machine");
    }

    private static HostOption parsed(String... arguments) {
        Serving command = new Serving();
        new CommandLine(command).parseArgs(arguments);
        return command.host;
    }
}
