package io.longtake.platform;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {

    private final AtomicLong clock = new AtomicLong();
    private final ThreadDeaths deaths = new ThreadDeaths("director", clock::get, pause -> {});

    @Test
    void a_thread_that_dies_now_and_then_is_replaced_for_ever() {
        for (int i = 0; i <= ThreadDeaths.MAX_DEATHS; i++) {
            assertThat(deaths.answer(new StreamsException("bad luck"))).isEqualTo(REPLACE_THREAD);
            clock.addAndGet(ThreadDeaths.QUIET.toNanos());
        }
        assertThat(deaths.failure()).isEmpty();
    }

    @Test
    void threads_that_die_in_a_row_end_the_application() {
        for (int i = 1; i < ThreadDeaths.MAX_DEATHS; i++) {
            assertThat(deaths.answer(new StreamsException("bad record"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(deaths.answer(new StreamsException("bad record"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(deaths.failure()).contains("director has stopped: StreamsException: bad record");
    }

    @Test
    void a_right_that_is_gone_ends_the_application_at_once() {
        Throwable fault = new StreamsException("outer", new TopicAuthorizationException("not for you"));

        assertThat(deaths.answer(fault)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(deaths.failure()).contains("director has stopped: TopicAuthorizationException: not for you");
    }

    @Test
    void a_jvm_without_memory_ends_the_application_at_once() {
        assertThat(deaths.answer(new OutOfMemoryError("Java heap space"))).isEqualTo(SHUTDOWN_CLIENT);
    }
}
