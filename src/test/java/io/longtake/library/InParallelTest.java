package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InParallelTest {

    @Test
    void all_are_done_when_it_returns() {
        List<Integer> things = IntStream.range(0, 1_000).boxed().toList();
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        InParallel.forEach(things, done::add);

        assertThat(done).hasSize(1_000);
    }

    @Test
    void one_that_fails_ends_those_that_would_wait_for_ever() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        UncheckedIOException refused = new UncheckedIOException("the store says 403", new IOException());

        assertThatThrownBy(() -> InParallel.forEach(List.of("waits", "fails"), thing -> {
                    if (thing.equals("waits")) {
                        waits.countDown();
                        waitForEver(ended);
                    } else {
                        await(waits);
                        throw refused;
                    }
                }))
                .isSameAs(refused);

        ended.await();
    }

    @Test
    void whoever_is_interrupted_ends_and_so_do_those_who_work_for_him() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> InParallel.forEach(List.of("one"), thing -> {
                    caller.interrupt();
                    waitForEver(ended);
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).as("whoever called knows it, too").isTrue();
        ended.await();
    }

    private static void waitForEver(CountDownLatch ended) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
