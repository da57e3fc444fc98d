package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a feed is pushed; what every publisher has to keep is in {@link PublisherRulesTest}. */
@Timeout(60)
class FeedTest {

    private final Collector<Long> collector = new Collector<>();

    @Test
    void no_more_is_read_than_was_asked_for() throws Exception {
        FakeReading reading = new FakeReading(9, 9);
        FakeReading.feed(reading).subscribe(collector);

        assertThat(collector.take(2)).containsExactly(0L, 1L);
        assertThat(reading.polls).hasValue(2);
        assertThat(collector.take(3)).containsExactly(2L, 3L, 4L);
        assertThat(reading.polls).hasValue(5);
    }

    @Test
    void the_connection_is_given_back_before_the_end_is_told() throws Exception {
        FakeReading reading = new FakeReading(2, 2);
        FakeReading.feed(reading).subscribe(collector);

        assertThat(collector.take(2)).containsExactly(0L, 1L);
        CompletableFuture<Long> atTheEnd = collector.end.thenApply(done -> reading.closed.getCount());
        assertThat(atTheEnd.get()).isZero();
    }

    @Test
    void a_cancellation_ends_a_wait_for_kafka_and_nothing_is_said_any_more() throws Exception {
        FakeReading reading = new FakeReading(0, 9);
        FakeReading.feed(reading).subscribe(collector);
        collector.subscription.get().request(1);
        reading.waits.await();

        collector.subscription.get().cancel();

        assertThat(reading.closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(collector.end).isNotDone();
    }

    @Test
    void a_request_for_nothing_is_an_error_even_while_kafka_is_waited_for() throws Exception {
        FakeReading reading = new FakeReading(0, 9);
        FakeReading.feed(reading).subscribe(collector);
        collector.subscription.get().request(1);
        reading.waits.await();

        collector.subscription.get().request(0);

        assertThatThrownBy(collector.end::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 1 item, got 0");
    }

    @Test
    void a_fault_of_the_connection_is_told_to_the_subscriber() {
        FakeReading.feed(FakeReading.broken()).subscribe(collector);

        assertThatThrownBy(collector.end::get)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("nobody answers");
    }

    @Test
    void a_subscriber_that_throws_has_cancelled() throws Exception {
        FakeReading reading = new FakeReading(9, 9);
        CompletableFuture<String> told = new CompletableFuture<>();
        FakeReading.feed(reading).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(9);
            }

            @Override
            public void onNext(Delivery<Long> item) {
                Thread.currentThread()
                        .setUncaughtExceptionHandler((thread, fault) -> told.complete(fault.getMessage()));
                throw new IllegalStateException("a bug of " + item.item());
            }

            @Override
            public void onError(Throwable fault) {
                told.completeExceptionally(new AssertionError("onError after a throw", fault));
            }

            @Override
            public void onComplete() {
                told.completeExceptionally(new AssertionError("onComplete after a throw"));
            }
        });

        assertThat(told.get()).isEqualTo("a bug of 0");
        assertThat(reading.closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(reading.polls).hasValue(1);
    }

    @Test
    void a_cursor_looks_ahead_without_losing_what_it_saw() {
        try (Cursor<Long> cursor = FakeReading.feed(new FakeReading(2, 2)).open()) {
            assertThat(cursor.hasNext()).isTrue();
            assertThat(cursor.hasNext()).isTrue();
            assertThat(cursor.next().item()).isZero();
            assertThat(cursor.hasNext()).isTrue();
            assertThat(cursor.isDone()).as("one was seen and not given").isFalse();
            assertThat(cursor.poll(Duration.ZERO)).map(Delivery::item).contains(1L);
            assertThat(cursor.isDone()).isTrue();
            assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
        }
    }
}
