package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a command that makes a video does when it is told to end. */
class InterruptionTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch never = new CountDownLatch(1);
    private Interruption interruption;

    @AfterEach
    void close() {
        never.countDown();
        interruption.close();
    }

    @Test
    void a_cancellation_that_arrives_lets_the_command_wait_for_the_videos_end() {
        AtomicInteger cancelled = new AtomicInteger();
        interruption = new Interruption(LONG, NO_TIME);
        interruption.cancels(cancelled::incrementAndGet);

        interruption.interrupt();

        assertThat(cancelled).hasValue(1);
        assertThatCode(interruption::requireDelivered).doesNotThrowAnyException();
    }

    @Test
    void a_cancellation_that_is_refused_ends_the_command() {
        interruption = new Interruption(LONG, NO_TIME);
        interruption.cancels(() -> {
            throw new TimeoutException("Topic longtake.prompts not present in metadata after 10000 ms.");
        });

        interruption.interrupt();

        assertThatThrownBy(interruption::requireDelivered)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted, and the video cannot be cancelled:"
                        + " Topic longtake.prompts not present in metadata after 10000 ms.");
    }

    @Test
    void a_cancellation_that_nobody_answers_ends_the_command() {
        interruption = new Interruption(NO_TIME, NO_TIME);
        interruption.cancels(this::waitForEver);

        interruption.interrupt();

        assertThatThrownBy(interruption::requireDelivered)
                .hasMessage("interrupted, and the video cannot be cancelled: Kafka does not answer");
    }

    @Test
    void the_process_waits_until_the_command_has_closed_what_it_started() throws Exception {
        interruption = new Interruption(LONG, LONG);
        CompletableFuture<Void> process = CompletableFuture.runAsync(interruption::interrupt);

        interruption.close();

        process.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(process).isCompleted();
    }

    private void waitForEver() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
