package io.longtake.worker;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.DeadLetter;
import io.longtake.event.DeadLetters;
import io.longtake.event.FrameChunk;
import io.longtake.event.NewerRecordException;
import io.longtake.event.Outcome;
import io.longtake.event.Outgoing;
import io.longtake.event.ParkedRecord;
import io.longtake.event.ParkedRecords;
import io.longtake.event.PayloadRef;
import io.longtake.event.RecordTime;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.tensor.Content;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells the world what came of a task: chunks, result and the queue's receipt in one transaction, so that nothing half-done is visible. */
final class Publisher {

    private final Transactions transactions;
    private final WorkerSettings worker;

    Publisher(Transactions transactions, WorkerSettings worker) {
        this.transactions = transactions;
        this.worker = worker;
    }

    void publish(Work work, TaskOutcome outcome) {
        StageTask task = work.task();
        String videoId = task.getVideoId();
        StageResult.Builder result = StageResult.newBuilder()
                .setVideoId(videoId)
                .setStage(task.getStage())
                .setSegment(task.getSegment())
                .setOutcome(Outcome.DONE)
                .setWorker(worker.name())
                .setTakes(worker.takes());
        if (outcome instanceof TaskOutcome.Made made) {
            result.setComputeMillis(made.millis());
            commit(work.receipt(), transaction -> {
                result.setOutputs(written(transaction, work, made.outputs()));
                transaction.send(
                        Outgoing.of(Topic.RESULTS, videoId, result.build()).causedBy(work.cause()));
            });
        } else if (outcome instanceof TaskOutcome.Encoded encoded) {
            result.setComputeMillis(encoded.millis());
            commit(work.receipt(), transaction -> {
                for (FrameChunk chunk : encoded.batch().toChunks()) {
                    transaction.send(Outgoing.of(Topic.FRAMES, videoId, chunk).causedBy(work.cause()));
                }
                result.setOutputs(written(transaction, work, encoded.outputs()));
                transaction.send(
                        Outgoing.of(Topic.RESULTS, videoId, result.build()).causedBy(work.cause()));
            });
        } else if (outcome instanceof TaskOutcome.Impossible impossible) {
            result.setOutcome(Outcome.FAILED).setReason(impossible.reason());
            commit(
                    work.receipt(),
                    transaction -> transaction.send(
                            Outgoing.of(Topic.RESULTS, videoId, result.build()).causedBy(work.cause())));
        }
    }

    private void commit(Receipt receipt, Consumer<Transaction> sends) {
        transactions.commit(transaction -> {
            sends.accept(transaction);
            receipt.sign(transaction);
        });
        receipt.committed();
    }

    private static Map<String, PayloadRef> written(Transaction transaction, Work work, Map<String, Content> outputs) {
        Map<String, PayloadRef> written = new TreeMap<>();
        outputs.forEach((name, content) ->
                written.put(name, transaction.write(work.task().getVideoId(), content, work.cause())));
        return written;
    }

    void bury(DeadLetter letter, CarriedHeaders cause, Receipt receipt) {
        commit(receipt, transaction -> transaction.send(Outgoing.of(letter).causedBy(cause)));
    }

    /**
     * Puts a task aside that this version does not know, for a worker that does.
     *
     * @throws io.longtake.event.OversizedRecordException if it is too large for that
     */
    void park(TakenTask taken, NewerRecordException newer) {
        ConsumerRecord<String, byte[]> task = taken.record();
        ParkedRecord parked = ParkedRecords.of(
                Worker.READER,
                new DeadLetters.Place(task.topic(), task.partition(), task.offset()),
                task.key(),
                task.value(),
                task.headers(),
                Instant.ofEpochMilli(RecordTime.of(task.timestamp(), System.currentTimeMillis())),
                newer.fingerprint());
        Outgoing record = Outgoing.of(parked).causedBy(CarriedHeaders.of(task.headers()));
        commit(taken.receipt(), transaction -> transaction.send(record));
    }

    /** Puts a task into its queue as a new one. */
    void sendAgain(ConsumerRecord<String, byte[]> task) {
        transactions.commit(transaction -> transaction.send(Outgoing.again(task)));
    }
}
