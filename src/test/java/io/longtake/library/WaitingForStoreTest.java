package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingForStoreTest {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = new ArrayList<>();
    private long now;

    private final Patience patience = new WaitingForStore(told::add, () -> now, pause -> {
        pauses.add(pause);
        now += pause.toNanos();
    });

    @Test
    void a_store_that_answers_is_not_waited_for() {
        assertThat(patience.get(() -> "videos")).isEqualTo("videos");

        assertThat(told).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_waited_for_and_that_is_told_when_it_begins_and_ends() {
        assertThat(patience.get(awayFor(2))).isEqualTo("videos");

        assertThat(told)
                .containsExactly(
                        "waiting for the store: cannot list s3://videos/: it is away", "the store answers, after 3 s");
    }

    @Test
    void it_is_asked_less_and_less_often_and_told_every_minute_or_so() {
        patience.get(awayFor(12));

        assertThat(pauses.stream().map(Duration::toSeconds)).startsWith(1L, 2L, 4L, 8L, 15L, 15L);
        assertThat(told)
                .containsExactly(
                        "waiting for the store: cannot list s3://videos/: it is away",
                        "still waiting for the store, for 60 s now: cannot list s3://videos/: it is away",
                        "still waiting for the store, for 120 s now: cannot list s3://videos/: it is away",
                        "the store answers, after 135 s");
    }

    @Test
    void what_does_not_pass_is_not_waited_for() {
        UncheckedIOException refused = new UncheckedIOException("the store says 403", new IOException());

        assertThatThrownBy(() -> patience.run(() -> {
                    throw refused;
                }))
                .isSameAs(refused);

        assertThat(told).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_does_not_pass_ends_the_waiting() {
        UncheckedIOException refused = new UncheckedIOException("the store says 403", new IOException());
        Supplier<String> away = awayFor(3);

        assertThatThrownBy(() -> patience.run(() -> {
                    away.get();
                    throw refused;
                }))
                .isSameAs(refused);

        assertThat(told).as("nobody is told that all is well").hasSize(1);
    }

    @Test
    void many_who_wait_together_are_told_of_once() throws InterruptedException {
        CountDownLatch allWait = new CountDownLatch(8);
        Patience shared = new WaitingForStore(told::add, () -> now, pause -> {
            allWait.countDown();
            allWait.await();
        });

        List<Thread> threads = Collections.nCopies(8, 1).stream()
                .map(once -> new Thread(() -> shared.get(awayFor(once))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(told)
                .containsExactly(
                        "waiting for the store: cannot list s3://videos/: it is away", "the store answers, after 0 s");
    }

    @Test
    void one_that_is_interrupted_while_it_waits_ends() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        Patience real = new WaitingForStore(line -> waits.countDown());
        FutureTask<String> start = new FutureTask<>(() -> real.get(awayFor(Integer.MAX_VALUE)));
        Thread server = new Thread(start);

        server.start();
        waits.await();
        server.interrupt();

        assertThatThrownBy(start::get)
                .hasRootCauseMessage("interrupted while waiting for the store: cannot list s3://videos/: it is away");
    }

    private static Supplier<String> awayFor(int requests) {
        AtomicInteger left = new AtomicInteger(requests);
        return () -> {
            if (left.getAndDecrement() > 0) {
                throw new PassingFaultException("cannot list s3://videos/: it is away", new IOException());
            }
            return "videos";
        };
    }
}
