package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.director.TaskOwners;
import io.longtake.model.ToyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SubstituteTest {

    private static final Set<String> ALL = ToyModel.STAGES;
    private static final Set<String> NONE = Set.of();

    private final List<FakeRole> started = new ArrayList<>();
    private final Substitute<String> worker = new Substitute<>("worker", ALL, RoleCall::stages, stages -> {
        FakeRole role = new FakeRole(stages);
        started.add(role);
        return role;
    });

    private static final class FakeRole implements Role {

        private final Set<String> stages;
        private boolean ready;
        private Optional<String> failure = Optional.empty();
        private boolean closed;

        FakeRole(Set<String> stages) {
            this.stages = stages;
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public Optional<String> failure() {
            return failure;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void a_library_that_cannot_be_loaded_is_a_failure_and_does_not_end_the_watch() {
        Substitute<String> broken = new Substitute<>("worker", ALL, RoleCall::stages, stages -> {
            throw new UnsatisfiedLinkError("libonnxruntime.so: failed to map segment");
        });

        broken.look(taken(NONE));

        assertThat(broken.failure())
                .contains(
                        "worker cannot be played here: UnsatisfiedLinkError: libonnxruntime.so: failed to map segment");
    }

    @Test
    void what_nobody_does_when_it_comes_is_taken_over_at_once() {
        worker.look(taken(Set.of("decode")));

        assertThat(started).hasSize(1);
        assertThat(started.get(0).stages).isEqualTo(Set.of("keyframes", "interpolate", "upsample"));
    }

    @Test
    void what_somebody_does_is_left_to_them() {
        worker.look(taken(ALL));

        assertThat(started).isEmpty();
        assertThat(worker.ready()).isTrue();
        assertThat(worker.name()).isEqualTo("worker in another process");
    }

    @Test
    void what_is_vacant_for_one_look_only_is_between_two_owners() {
        worker.look(taken(ALL));
        worker.look(taken(NONE));
        worker.look(taken(ALL));
        worker.look(taken(NONE));

        assertThat(started).isEmpty();
    }

    @Test
    void what_stays_vacant_is_taken_over_and_kept() {
        worker.look(taken(ALL));
        worker.look(taken(NONE));
        worker.look(taken(NONE));
        worker.look(taken(NONE));
        worker.look(taken(ALL));

        assertThat(started).hasSize(1);
        assertThat(started.get(0).stages).isEqualTo(ALL);
        assertThat(worker.name()).isEqualTo("worker");
    }

    @Test
    void what_falls_vacant_later_is_added() {
        worker.look(taken(Set.of("decode")));
        worker.look(taken(NONE));
        worker.look(taken(NONE));

        assertThat(started).extracting(role -> role.stages).last().isEqualTo(Set.of("decode"));
        assertThat(started).hasSize(2);
    }

    @Test
    void it_is_as_ready_and_as_failed_as_what_it_has_taken_over() {
        worker.look(taken(NONE));
        assertThat(worker.ready()).isFalse();

        started.get(0).ready = true;
        assertThat(worker.ready()).isTrue();
        assertThat(worker.failure()).isEmpty();

        started.get(0).failure = Optional.of("the device is on fire");
        assertThat(worker.failure()).contains("the device is on fire");
    }

    @Test
    void closed_it_closes_what_it_has_taken_over_and_takes_over_nothing_more() {
        worker.look(taken(Set.of("decode")));

        worker.close();
        worker.look(taken(NONE));
        worker.look(taken(NONE));

        assertThat(started).hasSize(1);
        assertThat(started.get(0).closed).isTrue();
    }

    private static RoleCall taken(Set<String> stages) {
        return new RoleCall(
                Set.of(),
                Set.of(),
                stages.stream().collect(Collectors.toMap(stage -> stage, stage -> Set.of("worker"))),
                TaskOwners.UNKNOWN);
    }
}
