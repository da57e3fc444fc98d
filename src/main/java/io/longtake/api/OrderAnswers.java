package io.longtake.api;

import io.longtake.director.AdmissionControl.Admitted;
import io.longtake.director.AdmissionControl.Answer;
import io.longtake.director.AdmissionControl.Later;
import io.longtake.director.AdmissionControl.Refused;
import io.longtake.director.AdmissionControl.Turn;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;

/** What HTTP says to an order that is not taken. */
final class OrderAnswers {

    private OrderAnswers() {}

    /** @throws Problem 403 if it is refused, 429 with {@code Retry-After} if it is not taken now */
    static void check(Answer answer) {
        if (answer instanceof Admitted) {
            return;
        }
        if (answer instanceof Refused refused) {
            throw Problem.of(403, "order refused", refused.reason());
        }
        if (answer instanceof Later later) {
            throw tryAgain(later.reason(), later.after());
        }
        Turn turn = (Turn) answer;
        throw tryAgain("other orders come first: " + turn.turn(), turn.after());
    }

    private static Problem tryAgain(String detail, Duration after) {
        return Problem.of(429, "not now", detail)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds())));
    }
}
