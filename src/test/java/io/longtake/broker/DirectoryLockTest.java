package io.longtake.broker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    Path directory;

    @Test
    void a_second_lock_is_refused_with_the_directory_named() {
        try (DirectoryLock held = DirectoryLock.of(directory, Duration.ZERO)) {
            assertThatThrownBy(() -> DirectoryLock.of(directory, Duration.ofMillis(1)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another broker");
        }
    }

    @Test
    void a_released_lock_can_be_taken_again() {
        DirectoryLock.of(directory, Duration.ZERO).close();

        assertThatCode(() -> DirectoryLock.of(directory, Duration.ZERO).close()).doesNotThrowAnyException();
    }
}
