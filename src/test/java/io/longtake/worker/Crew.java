package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.RecordDecoder;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.meter.StrictMeters;
import io.longtake.stage.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Workers of keyframes, with meters as strict as those of production, and tasks for them. */
final class Crew implements AutoCloseable {

    private final KafkaConnection kafka;
    private final MeterRegistry meters = StrictMeters.create();
    private final List<Worker> workers = new ArrayList<>();

    Crew(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    Worker work(String name, Stage stage) {
        return serve(name, (model, digest) -> new Models.Ready(stage, 24));
    }

    Worker serve(String name, Models models) {
        return serve(new WorkerClients(kafka, settings(name)), name, models);
    }

    /** A worker whose clients are not what they should be. */
    Worker serve(WorkerClients clients, String name, Models models) {
        Worker worker = Worker.start(settings(name), kafka, clients, models, meters, RecordDecoder.ours());
        workers.add(worker);
        return worker;
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

    void send(String key, byte[] task) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.ofTasks("keyframes").topicName(), 0, key, task))
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
