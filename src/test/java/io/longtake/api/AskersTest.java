package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AskersTest {

    @ParameterizedTest
    @EnumSource(Right.class)
    void whoever_is_not_asked_who_it_is_may_do_everything(Right right) {
        assertThat(new Askers().who(right)).isEqualTo(Principal.ANONYMOUS);
    }

    @Test
    void whoever_is_asked_and_brings_no_token_is_not_known() {
        Askers askers =
                new Askers(QuarkusSecurityIdentity.builder().setAnonymous(true).build(), true, "sub");

        assertThatThrownBy(() -> askers.who(Right.ORDER)).isInstanceOfSatisfying(Problem.class, told -> assertThat(
                        told.document().status())
                .isEqualTo(401));
    }

    @Test
    void whoever_lacks_a_right_is_told_so() {
        Principal guest = new Principal("guest", Set.of(Right.ORDER));
        Askers askers = new Askers() {
            @Override
            Principal asker() {
                return guest;
            }
        };

        assertThat(askers.who(Right.ORDER)).isEqualTo(guest);
        assertThatThrownBy(() -> askers.who(Right.DELETE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        told -> assertThat(told.document().status()).isEqualTo(403))
                .hasMessage("you may not delete videos here");
    }
}
