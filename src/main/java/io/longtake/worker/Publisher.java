package io.longtake.worker;

import io.longtake.event.DeadLetter;
import io.longtake.event.FrameChunk;
import io.longtake.event.Outcome;
import io.longtake.event.PayloadRef;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.tensor.Content;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells the world what came of a task: chunks and result in one transaction, so that nothing half-done is visible. */
final class Publisher {

    private final Transactions transactions;
    private final String worker;

    Publisher(Transactions transactions, String worker) {
        this.transactions = transactions;
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
            result.setComputeMillis(made.millis());
            transactions.commit(transaction -> {
                result.setOutputs(written(transaction, task, made.outputs()));
                transaction.send(Topic.RESULTS, task.getVideoId(), result.build());
            });
        } else if (outcome instanceof TaskOutcome.Encoded encoded) {
            result.setComputeMillis(encoded.millis());
            transactions.commit(transaction -> {
                for (FrameChunk chunk : encoded.batch().toChunks()) {
                    transaction.send(Topic.FRAMES, task.getVideoId(), chunk);
                }
                result.setOutputs(written(transaction, task, encoded.outputs()));
                transaction.send(Topic.RESULTS, task.getVideoId(), result.build());
            });
        } else if (outcome instanceof TaskOutcome.Impossible impossible) {
            result.setOutcome(Outcome.FAILED).setReason(impossible.reason());
            transactions.commit(transaction -> transaction.send(Topic.RESULTS, task.getVideoId(), result.build()));
        }
    }

    private static Map<String, PayloadRef> written(
            Transaction transaction, StageTask task, Map<String, Content> outputs) {
        Map<String, PayloadRef> written = new TreeMap<>();
        outputs.forEach((name, content) -> written.put(name, transaction.write(task.getVideoId(), content)));
        return written;
    }

    /** Its key is the letter's, which is cut: that of the record may be as large as a record. */
    void bury(DeadLetter letter) {
        transactions.commit(transaction -> transaction.send(Topic.DEAD_LETTERS, letter.getKey(), letter));
    }

    /** Puts a task into its queue as a new one. */
    void sendAgain(ConsumerRecord<String, byte[]> task) {
        transactions.commit(transaction -> transaction.send(
                new ProducerRecord<>(task.topic(), task.partition(), null, task.key(), task.value(), task.headers())));
    }
}
