package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void orders_numbers_by_value_and_the_rest_by_letters() {
        assertThat(Stream.of("10", "1.10", "2", "1.9", "1", "1.9-rc2", "1.9-rc10")
                        .map(Version::new)
                        .sorted()
                        .map(Version::text))
                .containsExactly("1", "1.9", "1.9-rc2", "1.9-rc10", "1.10", "2", "10");
    }
}
