package io.longtake.bench.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longtake.bench.report.Figure;
import org.junit.jupiter.api.Test;

class CallLogTest {

    private static final long SECOND = 1_000_000_000L;

    private final CallLog log = new CallLog("last", 1, 2);

    @Test
    void devices_are_busy_from_when_all_workers_have_begun_until_the_first_video_is_through() throws Exception {
        call("one", "first", 1, 0, 4);
        call("two", "first", 2, 2, 5);
        call("one", "last", 1, 5, 10);
        call("two", "last", 2, 8, 20);

        log.awaitAll();
        WorkersRow row = log.row(2, 1.0);

        assertThat(row.steady()).isEqualTo(8);
        // of 2..10: the one 2..4 and 5..10, the other 2..5 and 8..10
        assertThat(row.busy()).isCloseTo((7 + 5) / 16.0, within(1e-9));
        assertThat(row.wall()).isEqualTo(20);
        assertThat(row.speed()).isCloseTo(2 / 20.0, within(1e-9));
        assertThat(row.twice()).isZero();
        assertThat(row.fewestStages()).isEqualTo(2);
        assertThat(row.figures()).contains(Figure.of("workers.2.devices-busy", "ratio", 0.75));
    }

    @Test
    void a_call_that_is_made_again_is_told() {
        call("one", "last", 1, 0, 1);
        call("one", "last", 1, 1, 2);
        call("two", "last", 2, 0, 1);

        assertThat(log.row(2, 1.0).twice()).isEqualTo(1);
    }

    @Test
    void a_worker_that_had_nothing_to_do_spoils_the_run() {
        call("one", "last", 1, 0, 1);
        call("one", "last", 2, 1, 2);

        assertThatThrownBy(() -> log.row(2, 1.0)).hasMessageContaining("of 2 workers only [one]");
    }

    @Test
    void a_worker_that_is_lost_ends_the_wait() {
        call("one", "last", 1, 0, 1);
        log.fail("the process of two has ended");

        assertThatThrownBy(log::awaitAll).hasMessage("the process of two has ended");
    }

    private void call(String worker, String stage, long video, long from, long to) {
        log.add(new DeviceCall(worker, stage, video, 0, from * SECOND, to * SECOND));
    }
}
