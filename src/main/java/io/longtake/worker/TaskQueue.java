package io.longtake.worker;

import java.time.Duration;
import java.util.List;

/**
 * The queue of a stage's tasks, as one connection sees it. No call waits for an answer for ever, and whatever goes wrong in one is a
 * {@link org.apache.kafka.common.KafkaException}. For one thread.
 */
interface TaskQueue extends AutoCloseable {

    /** How long it may be left alone: then it is to be polled again, and {@link #keep} is to be said of what is held. */
    Duration patience();

    /**
     * New tasks; none while some are held.
     *
     * @param wanted whether there is room for any. A queue that cannot be polled without may hand out one all the same
     */
    List<TakenTask> poll(boolean wanted);

    /**
     * Says that all of these are still being worked at. Those that are somebody else's by now are {@link TakenTask#isLost lost}
     * afterwards, or after the next poll.
     *
     * @return how many locks were renewed
     */
    int keep(List<? extends TakenTask> held);

    /** Nobody gets it again. */
    void done(TakenTask task);

    /** Gives it back for another try. */
    void again(TakenTask task);

    /** Gives back a task that was not tried, or is none the worse for it: that counts as no try. */
    void untouched(TakenTask task);

    /** What is still held goes to others. */
    @Override
    void close();
}
