package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCallsTest {

    @AfterEach
    void unset() {
        System.clearProperty(DeviceCalls.PROPERTY);
    }

    @Test
    void a_cpu_takes_a_call_for_each_processor_or_as_many_as_asked_for() {
        assertThat(DeviceCalls.ofCpu().atOnce()).isEqualTo(Runtime.getRuntime().availableProcessors());
        System.setProperty(DeviceCalls.PROPERTY, "3");
        assertThat(DeviceCalls.ofCpu().atOnce()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "two", "-1", "1.5"})
    void another_number_is_refused_by_name_and_limit(String number) {
        System.setProperty(DeviceCalls.PROPERTY, number);
        assertThatThrownBy(DeviceCalls::ofCpu)
                .hasMessage("longtake.calls must be from 1 to 256, found '" + number + "'");
    }

    @Test
    void so_many_run_at_once_and_no_more() {
        System.setProperty(DeviceCalls.PROPERTY, "2");
        DeviceCalls calls = DeviceCalls.ofCpu();
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Supplier<Integer> call = () -> calls.run(() -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return running.decrementAndGet();
        });

        Together.run(List.of(call, call, call, call));

        assertThat(most).hasValue(2);
    }

    @Test
    void nothing_runs_beside_what_runs_alone() {
        System.setProperty(DeviceCalls.PROPERTY, "2");
        DeviceCalls calls = DeviceCalls.ofCpu();
        AtomicInteger running = new AtomicInteger();
        Supplier<Integer> call = () -> calls.run(() -> {
            running.incrementAndGet();
            Thread.yield();
            return running.decrementAndGet();
        });

        List<Integer> beside = Together.run(List.of(call, call, () -> calls.runAlone(running::get), call));

        assertThat(beside.get(2)).isZero();
    }

    @Test
    void parts_come_back_in_their_order_and_the_first_fault_of_them_is_thrown_once_all_have_ended() {
        assertThat(Together.run(List.<Supplier<Integer>>of(() -> 1, () -> 2, () -> 3)))
                .containsExactly(1, 2, 3);
        AtomicInteger ended = new AtomicInteger();
        assertThatThrownBy(() -> Together.run(List.<Supplier<Integer>>of(
                        ended::incrementAndGet,
                        () -> {
                            throw new IllegalStateException("second");
                        },
                        () -> {
                            throw new IllegalStateException("third");
                        },
                        ended::incrementAndGet)))
                .hasMessage("second");
        assertThat(ended).hasValue(2);
    }
}
