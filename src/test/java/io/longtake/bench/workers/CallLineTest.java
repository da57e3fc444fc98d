package io.longtake.bench.workers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallLineTest {

    @Test
    void a_call_of_another_process_is_told_in_the_time_of_this_one() {
        CallLine there = new CallLine(1_000_000);
        CallLine here = new CallLine(400_000);

        assertThat(here.read(there.write(new DeviceCall("one", "decode", 3, 4, 100, 250))))
                .contains(new DeviceCall("one", "decode", 3, 4, 600_100, 600_250));
    }

    @Test
    void a_line_of_something_else_is_no_call() {
        assertThat(new CallLine(0).read("WARN the stage decode is slow")).isEmpty();
    }
}
