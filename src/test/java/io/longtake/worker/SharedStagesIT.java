package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.QueueProtocol;
import io.longtake.event.RecordDecoder;
import io.longtake.event.StageResult;
import io.longtake.meter.StrictMeters;
import io.longtake.model.ToyModel;
import io.longtake.stage.Stage;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers of all stages share the tasks of every stage. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "CONSUMER"})
@ExtendWith(SharedBroker.class)
class SharedStagesIT {

    private static final int SEGMENTS = 2;

    @Parameter
    private QueueProtocol queue;

    @Test
    void each_of_two_workers_takes_a_task_of_every_stage(SharedBroker.Queues queues) {
        KafkaConnection kafka = queues.on(queue);
        Map<String, CyclicBarrier> together =
                ToyModel.STAGES.stream().collect(Collectors.toMap(stage -> stage, stage -> new CyclicBarrier(2)));
        // A worker has one task of a stage at a time: the first does not end before the other worker has the second.
        Stage patient = (input, cancellation) -> {
            await(together.get(input.stage()));
            return StageOutputs.of(Tensor.filled(1, 1));
        };
        if (queue == QueueProtocol.SHARE) {
            ToyModel.STAGES.forEach(stage -> ShareGroup.configure(kafka, stage, 15_000));
        }
        String video = UUID.randomUUID().toString();
        try (Worker one = work(kafka, "one", patient);
                Worker two = work(kafka, "two", patient);
                Crew tasks = new Crew(kafka, queue)) {
            ToyModel.STAGES.forEach(stage -> tasks.awaitAtWork(stage, 2));
            for (String stage : ToyModel.STAGES) {
                for (int segment = 0; segment < SEGMENTS; segment++) {
                    tasks.send(
                            tasks.partition(stage, segment == 0 ? "one" : "two"),
                            Tasks.keyframes(video, 1)
                                    .setStage(stage)
                                    .setSegment(segment)
                                    .build());
                }
            }

            List<StageResult> results = Results.await(kafka, video, SEGMENTS * ToyModel.STAGES.size());

            assertThat(results).allMatch(result -> result.getOutcome() == Outcome.DONE);
            for (String stage : ToyModel.STAGES) {
                assertThat(results)
                        .filteredOn(result -> result.getStage().equals(stage))
                        .extracting(StageResult::getWorker)
                        .containsExactlyInAnyOrder("one", "two");
            }
        }
    }

    private Worker work(KafkaConnection kafka, String name, Stage stage) {
        return Worker.start(
                new WorkerSettings(name, ToyModel.STAGES, ToyModel.STAGES.size()).on(queue),
                kafka,
                (model, digest) -> new Models.Ready(stage, 24),
                StrictMeters.create(),
                RecordDecoder.ours());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
