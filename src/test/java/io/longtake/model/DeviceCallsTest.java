package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.Waiting;
import java.util.ArrayList;
import java.util.Collections;
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
    void the_call_of_the_smallest_rank_gets_the_next_place_and_of_equal_ones_the_work_that_began_first() {
        DeviceCalls calls = DeviceCalls.ofAccelerator();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> work = new ArrayList<>();
        work.add(inTurn(calls, 9, () -> {
            await(go);
            order.add("under way");
        }));
        work.add(inTurn(calls, 3, () -> order.add("last")));
        work.add(inTurn(calls, 2, () -> order.add("second")));
        work.add(inTurn(calls, 2, () -> order.add("third")));
        work.add(inTurn(calls, 1, () -> order.add("first")));

        go.countDown();
        join(work);

        assertThat(order).containsExactly("under way", "first", "second", "third", "last");
    }

    @Test
    void a_cpu_keeps_a_place_for_work_between_two_calls_but_not_the_last_one() {
        System.setProperty(DeviceCalls.PROPERTY, "2");
        DeviceCalls calls = DeviceCalls.ofCpu();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> others = new ArrayList<>();

        calls.inTurn(1, () -> {
            calls.run(() -> order.add("its first call"));
            others.add(inTurn(calls, 2, () -> {
                order.add("the place that is not kept");
                await(go);
            }));
            others.add(inTurn(calls, 3, () -> order.add("one that waits")));
            order.add("between two calls");
            return calls.run(() -> order.add("its second call"));
        });
        go.countDown();
        join(others);

        assertThat(order)
                .containsExactly(
                        "its first call",
                        "the place that is not kept",
                        "between two calls",
                        "its second call",
                        "one that waits");
    }

    @Test
    void parts_of_one_piece_of_work_have_its_turn() {
        DeviceCalls calls = DeviceCalls.ofAccelerator();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> work = new ArrayList<>();
        work.add(inTurn(calls, 9, () -> await(go)));
        work.add(inTurn(calls, 2, () -> order.add("other")));
        Thread whole = new Thread(() -> calls.inTurn(
                1,
                () -> Together.run(calls.sameTurn(
                        List.of(() -> calls.run(() -> order.add("part")), () -> calls.run(() -> order.add("part")))))));
        whole.start();
        Waiting.until("all to wait", () -> calls.waiting() == 3);

        go.countDown();
        join(work);
        join(List.of(whole));

        assertThat(order).containsExactly("part", "part", "other");
    }

    /** A piece of work with one call, which is under way or waits for its place when this returns. */
    private static Thread inTurn(DeviceCalls calls, double rank, Runnable call) {
        Thread thread = new Thread(() -> calls.inTurn(
                rank,
                () -> calls.run(() -> {
                    call.run();
                    return 0;
                })));
        thread.start();
        untilItWaits(thread);
        return thread;
    }

    private static void untilItWaits(Thread thread) {
        Waiting.until("it to wait", () -> thread.getState() == Thread.State.WAITING);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(List<Thread> threads) {
        Waiting.until("all to end", () -> threads.stream().noneMatch(Thread::isAlive));
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
