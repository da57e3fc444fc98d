package io.longtake;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ForeignProgramTest {

    @Test
    void what_a_machine_has_not_skips_a_test_and_fails_it_in_ci() {
        assertThatThrownBy(() -> ForeignProgram.absent("a program that no machine has", false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no machine has");
        assertThatThrownBy(() -> ForeignProgram.absent("a program that no machine has", true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no machine has");
    }
}
