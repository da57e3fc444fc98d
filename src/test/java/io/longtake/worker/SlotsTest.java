package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void nobody_waits_while_one_is_free() throws InterruptedException {
        Slots slots = new Slots(2);
        slots.take();

        assertThat(slots.await(LONG)).isTrue();
    }

    @Test
    void who_waits_goes_on_when_one_is_free_again() {
        Slots slots = new Slots(1);
        slots.take();
        slots.take();
        CompletableFuture<Void> waiting = waiting(slots, LONG);

        slots.free();
        assertThat(waiting).isNotDone();
        slots.free();

        Waiting.until("a slot", waiting::isDone);
    }

    @Test
    void who_waits_goes_on_after_a_while_and_when_no_tasks_are_wanted() {
        Slots slots = new Slots(1);
        slots.take();
        Waiting.until("the time to be out", waiting(slots, Duration.ofMillis(10))::isDone);

        CompletableFuture<Void> waiting = waiting(slots, LONG);
        slots.close();

        Waiting.until("the end", waiting::isDone);
    }

    private static CompletableFuture<Void> waiting(Slots slots, Duration patience) {
        return CompletableFuture.runAsync(() -> {
            try {
                slots.await(patience);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
