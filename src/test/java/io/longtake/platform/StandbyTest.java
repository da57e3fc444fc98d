package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.platform.Standby.Move;
import org.junit.jupiter.api.Test;

class StandbyTest {

    private static final long SECOND = 1_000_000_000L;

    private final Standby standby = new Standby(0);
    private long now;

    @Test
    void it_waits_as_long_as_the_other_version_has_members() {
        for (int i = 0; i < 10; i++) {
            assertThat(sees(true)).isEqualTo(Move.WAIT);
        }
    }

    @Test
    void it_takes_over_when_the_group_has_no_members_at_two_looks() {
        assertThat(sees(true)).isEqualTo(Move.WAIT);
        assertThat(sees(false)).isEqualTo(Move.WAIT);
        assertThat(sees(false)).isEqualTo(Move.TAKE_OVER);
    }

    @Test
    void it_tries_to_join_when_somebody_else_has_been_quicker() {
        sees(false);

        assertThat(sees(true)).isEqualTo(Move.JOIN);
        assertThat(sees(true)).isEqualTo(Move.WAIT);
    }

    @Test
    void it_tries_to_join_when_it_was_refused_because_somebody_was_taking_over() {
        now += SECOND;
        assertThat(standby.look(false, true, now)).isEqualTo(Move.JOIN);
    }

    @Test
    void it_tries_to_join_now_and_then_in_case_it_has_missed_that() {
        now = Standby.PATIENCE.toNanos() - 2 * SECOND;

        assertThat(sees(true)).isEqualTo(Move.WAIT);
        assertThat(sees(true)).isEqualTo(Move.JOIN);
        assertThat(sees(true)).isEqualTo(Move.WAIT);
    }

    @Test
    void after_it_was_refused_again_it_needs_two_looks_again() {
        sees(false);
        assertThat(sees(false)).isEqualTo(Move.TAKE_OVER);
        assertThat(sees(false)).isEqualTo(Move.WAIT);
        assertThat(sees(false)).isEqualTo(Move.TAKE_OVER);
    }

    @Test
    void it_gives_up_when_taking_over_helps_no_more() {
        takesOver(Standby.MAX_TAKE_OVERS - 1);
        assertThat(standby.isHopeless()).isFalse();

        takesOver(1);
        assertThat(standby.isHopeless()).isTrue();
    }

    @Test
    void what_it_has_got_over_does_not_count() {
        takesOver(Standby.MAX_TAKE_OVERS - 1);
        standby.joined();
        takesOver(1);

        assertThat(standby.isHopeless()).isFalse();
    }

    private void takesOver(int times) {
        for (int i = 0; i < 2 * times; i++) {
            sees(false);
        }
    }

    private Move sees(boolean members) {
        now += SECOND;
        return standby.look(!members, false, now);
    }
}
