package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longtake.director.AdmissionControl;
import io.longtake.director.AdmissionControl.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OrderAnswersTest {

    @Test
    void an_order_that_is_admitted_goes_on() {
        assertThatCode(() -> OrderAnswers.check(new AdmissionControl.Admitted()))
                .doesNotThrowAnyException();
    }

    @Test
    void one_that_is_refused_hears_why() {
        Problem problem = problem(new AdmissionControl.Refused("the tenant has used up its minutes"));

        assertThat(problem.document().status()).isEqualTo(403);
        assertThat(problem).hasMessage("the tenant has used up its minutes");
        assertThat(problem.response().getHeaderString("Retry-After")).isNull();
    }

    @Test
    void one_that_may_come_again_hears_when_and_never_at_once() {
        Problem later = problem(new AdmissionControl.Later("the platform is full", Duration.ofMillis(1)));
        Problem turn = problem(new AdmissionControl.Turn(2, Duration.ofMinutes(1)));

        assertThat(later.document().status()).isEqualTo(429);
        assertThat(later).hasMessage("the platform is full");
        assertThat(later.response().getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(turn.document().status()).isEqualTo(429);
        assertThat(turn.response().getHeaderString("Retry-After")).isEqualTo("60");
    }

    private static Problem problem(Answer answer) {
        return catchThrowableOfType(Problem.class, () -> OrderAnswers.check(answer));
    }
}
