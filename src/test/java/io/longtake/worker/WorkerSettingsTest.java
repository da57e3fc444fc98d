package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.model.ToyModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "-1", "many", "2.5", "99999999999"})
    void slots_that_are_no_number_within_the_limit_are_refused(String said) {
        assertThatThrownBy(() -> WorkerSettings.slots(said))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longtake.worker.slots must be from 1 to 256, found '" + said + "'");
    }

    @Test
    void slots_within_the_limit_are_taken() {
        assertThat(WorkerSettings.slots("1")).isEqualTo(1);
        assertThat(WorkerSettings.slots("256")).isEqualTo(256);
    }

    @Test
    void a_worker_takes_as_many_tasks_as_its_slots_have_entries() {
        WorkerSettings settings = new WorkerSettings("worker", ToyModel.STAGES, 2, new Batching(4, Batching.WINDOW));

        assertThat(settings.takes()).isEqualTo(8);
    }

    @Test
    void a_worker_without_stages_is_refused() {
        assertThatThrownBy(() -> new WorkerSettings("worker", Set.of(), 1))
                .hasMessage("stages: a worker needs at least one, got none");
    }

    @Test
    void a_client_tells_whose_it_is() {
        WorkerSettings settings = new WorkerSettings("worker-1", ToyModel.STAGES, 1);

        assertThat(WorkerSettings.workerOf(settings.clientId("decode"), "decode"))
                .isEqualTo("worker-1");
    }
}
