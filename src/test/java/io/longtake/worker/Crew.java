package io.longtake.worker;

import io.longtake.Waiting;
import io.longtake.broker.GroupAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueProtocol;
import io.longtake.event.RecordDecoder;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.meter.StrictMeters;
import io.longtake.stage.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Workers of keyframes, with meters as strict as those of production, and tasks for them. */
final class Crew implements AutoCloseable {

    private final KafkaConnection kafka;
    private final QueueProtocol queue;
    private final MeterRegistry meters = StrictMeters.create();
    private final List<Worker> workers = new ArrayList<>();

    Crew(KafkaConnection kafka) {
        this(kafka, QueueProtocol.SHARE);
    }

    Crew(KafkaConnection kafka, QueueProtocol queue) {
        this.kafka = kafka;
        this.queue = queue;
    }

    Worker work(String name, Stage stage) {
        return serve(name, (model, digest) -> new Models.Ready(stage, 24));
    }

    Worker serve(String name, Models models) {
        return serve(new WorkerClients(kafka, settings(name).on(queue)), name, models);
    }

    /** A worker that finishes what it has begun. */
    Worker draining(String name, Duration drain, Stage stage) {
        WorkerSettings settings = settings(name).on(queue).draining(drain);
        Worker worker = Worker.start(
                settings, kafka, (model, digest) -> new Models.Ready(stage, 24), meters, RecordDecoder.ours());
        workers.add(worker);
        return worker;
    }

    /** A worker whose clients are not what they should be. */
    Worker serve(WorkerClients clients, String name, Models models) {
        Worker worker = Worker.start(settings(name).on(queue), kafka, clients, models, meters, RecordDecoder.ours());
        workers.add(worker);
        return worker;
    }

    /** Waits until so many workers have divided the tasks of keyframes among them; in a share group there is nothing to divide. */
    void awaitAtWork(int number) {
        awaitAtWork("keyframes", number);
    }

    /** The same of another stage. */
    void awaitAtWork(String stage, int number) {
        if (queue.isConsumerGroup()) {
            Waiting.until(number + " members with partitions of " + stage, () -> {
                return group(stage)
                        .filter(group -> group.groupState() == GroupState.STABLE
                                && group.members().size() == number
                                && group.members().stream().noneMatch(member -> member.assignment()
                                        .topicPartitions()
                                        .isEmpty()))
                        .isPresent();
            });
        }
    }

    /** A partition whose tasks a worker takes. */
    int partition(String stage, String worker) {
        if (!queue.isConsumerGroup()) {
            return 0;
        }
        return group(stage).orElseThrow().members().stream()
                .filter(member ->
                        WorkerSettings.workerOf(member.clientId(), stage).equals(worker))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .findFirst()
                .orElseThrow()
                .partition();
    }

    private Optional<ConsumerGroupDescription> group(String stage) {
        String group = WorkerSettings.consumerGroup(stage);
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            return GroupAnswer.of(admin.describeConsumerGroups(Set.of(group))
                    .describedGroups()
                    .get(group));
        }
    }

    static WorkerSettings settings(String name) {
        return new WorkerSettings(name, Set.of("keyframes"), 1);
    }

    void dismiss(Worker worker) {
        workers.remove(worker);
        worker.close();
    }

    void send(StageTask task) {
        send(task.getVideoId(), Wire.encode(task));
    }

    /** To its own stage. */
    void send(int partition, StageTask task) {
        send(task.getStage(), partition, task.getVideoId(), Wire.encode(task));
    }

    void send(String key, byte[] task) {
        send("keyframes", 0, key, task);
    }

    private void send(String stage, int partition, String key, byte[] task) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.ofTasks(stage).topicName(), partition, key, task))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    double counted(String name, String tag, String value) {
        return meters.find(name).tag(tag, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
    }
}
