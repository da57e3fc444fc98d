package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Principal.Right;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {

    @Test
    void one_may_what_it_has_the_right_to() {
        Principal viewer = new Principal("team-7", Set.of(Right.CANCEL));

        assertThat(viewer.may(Right.CANCEL)).isTrue();
        assertThat(viewer.may(Right.DELETE)).isFalse();
        assertThat(Principal.ANONYMOUS.rights()).containsExactlyInAnyOrder(Right.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a/b", "a\nb", "é", "12345678901234567890123456789012345678901234567890123456789012345"})
    void a_tenant_is_a_plain_name(String tenant) {
        assertThatThrownBy(() -> new Principal(tenant, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tenant: expected up to 64 letters");
    }
}
