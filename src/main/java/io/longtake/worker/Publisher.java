package io.longtake.worker;

import io.longtake.event.DeadLetter;
import io.longtake.event.FrameChunk;
import io.longtake.event.Outcome;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.payload.PayloadWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Tells the world what came of a task: chunks and result in one transaction, so that nothing half-done is visible. */
final class Publisher {

    private final Producer<String, byte[]> producer;
    private final PayloadWriter payloads;
    private final String worker;

    Publisher(Producer<String, byte[]> producer, PayloadWriter payloads, String worker) {
        this.producer = producer;
        this.payloads = payloads;
        this.worker = worker;
    }

    void publish(StageTask task, TaskOutcome outcome) {
        StageResult.Builder result = StageResult.newBuilder()
                .setVideoId(task.getVideoId())
                .setStage(task.getStage())
                .setSegment(task.getSegment())
                .setOutcome(Outcome.DONE)
                .setWorker(worker);
        if (outcome instanceof TaskOutcome.Made made) {
            transaction(() -> {
                result.setOutput(payloads.write(task.getVideoId(), made.content()));
                result.setComputeMillis(made.millis());
                send(Topic.RESULTS, task.getVideoId(), result.build());
            });
        } else if (outcome instanceof TaskOutcome.Filmed filmed) {
            transaction(() -> {
                for (FrameChunk chunk : filmed.batch().toChunks()) {
                    send(Topic.FRAMES, task.getVideoId(), chunk);
                }
                result.setComputeMillis(filmed.millis());
                send(Topic.RESULTS, task.getVideoId(), result.build());
            });
        } else if (outcome instanceof TaskOutcome.Impossible impossible) {
            result.setOutcome(Outcome.FAILED).setReason(impossible.reason());
            transaction(() -> send(Topic.RESULTS, task.getVideoId(), result.build()));
        }
    }

    void bury(String key, DeadLetter letter) {
        transaction(() -> send(Topic.DEAD_LETTERS, key, letter));
    }

    /** One after the other: the loop thread buries and fails while the compute thread may be publishing. */
    private synchronized void transaction(Runnable sends) {
        producer.beginTransaction();
        try {
            sends.run();
            producer.commitTransaction();
        } catch (KafkaException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    private void send(Topic topic, String key, SpecificRecordBase record) {
        producer.send(new ProducerRecord<>(topic.topicName(), key, Wire.encode(record)));
    }
}
