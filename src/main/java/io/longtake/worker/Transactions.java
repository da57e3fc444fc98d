package io.longtake.worker;

import io.longtake.event.LastingFault;
import io.longtake.payload.PayloadCache;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what belongs together in a transaction, again if need be: whoever reads may then see it twice, and takes no harm. A
 * producer that is broken is replaced by one of the same transactional id. Kafka then ends at once what the old one left
 * open, so that no reader is held up.
 */
final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 3;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Supplier<Producer<String, byte[]>> producers;
    private final PayloadCache cache;
    private final Duration pause;
    /** One after the other: the loop thread buries and fails while the compute thread may be publishing. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile Producer<String, byte[]> producer;
    private volatile boolean closed;

    /**
     * @param producers makes them, all of one transactional id
     * @param cache of what is written
     * @param pause before the second attempt, and twice as long before the third
     */
    Transactions(Supplier<Producer<String, byte[]>> producers, PayloadCache cache, Duration pause) {
        this.producers = producers;
        this.cache = cache;
        this.pause = pause;
    }

    /**
     * Makes the producer, which is otherwise made at the first need.
     *
     * @throws KafkaException if Kafka does not answer, or refuses
     */
    void open() {
        repeat(this::producer);
    }

    /**
     * Returns when all of it is committed.
     *
     * @param sends done once for every attempt
     * @throws KafkaException if that can not be had; none of it is visible then, or all of it
     */
    void commit(Consumer<Transaction> sends) {
        repeat(() -> attempt(sends));
    }

    private void repeat(Runnable attempt) {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        try {
            for (int i = 1; !succeeds(attempt, i == ATTEMPTS); i++) {
                Thread.sleep(pause.multipliedBy(i).toMillis());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            turn.unlock();
        }
    }

    private boolean succeeds(Runnable attempt, boolean last) {
        try {
            attempt.run();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            if (last || closed || !mayPass(e)) {
                throw e;
            }
            LOG.warn("a transaction failed, and is tried again: {}", e.toString());
            return false;
        }
    }

    /** A producer that is in no state for what it is asked says so by an IllegalStateException; the next one is. */
    private static boolean mayPass(RuntimeException e) {
        return !(e instanceof InterruptException || e instanceof RecordTooLargeException || LastingFault.isIn(e));
    }

    private void attempt(Consumer<Transaction> sends) {
        Producer<String, byte[]> usable = producer();
        boolean committing = false;
        try {
            usable.beginTransaction();
            Transaction transaction = new Transaction(usable, cache);
            sends.accept(transaction);
            transaction.arrive();
            committing = true;
            usable.commitTransaction();
        } catch (RuntimeException | Error e) {
            end(usable, committing, e);
            throw e;
        }
    }

    private Producer<String, byte[]> producer() {
        if (closed) {
            throw stopped();
        }
        if (producer == null) {
            Producer<String, byte[]> made = producers.get();
            try {
                made.initTransactions();
            } catch (RuntimeException e) {
                made.close(Duration.ZERO);
                throw e;
            }
            producer = made;
            if (closed) {
                discard(made, Duration.ZERO);
                throw stopped();
            }
        }
        return producer;
    }

    private static KafkaException stopped() {
        return new KafkaException("this worker has stopped publishing");
    }

    /** Whoever is interrupted ends it properly all the same, or readers wait until it times out. */
    private void end(Producer<String, byte[]> failed, boolean committing, Throwable fault) {
        boolean interrupted = Thread.interrupted();
        try {
            if (committing && fault instanceof InterruptException) {
                discard(failed, GOODBYE);
            } else if (committing && fault instanceof TimeoutException) {
                // It may be committed yet, or not: from now on the producer takes nothing but that commit again.
                discard(failed, Duration.ZERO);
            } else {
                abort(failed);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void abort(Producer<String, byte[]> failed) {
        try {
            failed.abortTransaction();
        } catch (RuntimeException e) {
            LOG.warn("a transaction can not be aborted, its producer is replaced: {}", e.toString());
            discard(failed, Duration.ZERO);
        }
    }

    private void discard(Producer<String, byte[]> broken, Duration goodbye) {
        producer = null;
        try {
            broken.close(goodbye);
        } catch (RuntimeException e) {
            LOG.warn("a producer closed badly: {}", e.toString());
        }
    }

    /** Whoever is publishing is not waited for: nothing of it is visible then, or all. */
    @Override
    public void close() {
        closed = true;
        Producer<String, byte[]> open = producer;
        if (open != null) {
            discard(open, GOODBYE);
        }
    }
}
