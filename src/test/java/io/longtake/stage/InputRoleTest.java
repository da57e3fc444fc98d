package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputRoleTest {

    @Test
    void is_found_by_its_wire_name() {
        assertThat(InputRole.values()).allMatch(role -> InputRole.of(role.wireName()) == role);
        assertThat(InputRole.HALO.wireName()).isEqualTo("halo");
    }

    @Test
    void of_another_name_is_refused() {
        assertThatThrownBy(() -> InputRole.of("HALO"))
                .hasMessage("an input's role must be context, source, halo or state, found 'HALO'");
    }
}
