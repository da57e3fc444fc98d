package io.longtake.worker;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A task that its queue has handed out: ours until we say what became of it, or until it is lost. */
interface TakenTask {

    ConsumerRecord<String, byte[]> record();

    /** How often the task was handed out, this time included. */
    int count();

    /** Whether its queue can be told just now what became of it. */
    boolean isInHand();

    /** Whether it is somebody else's, or will be: whatever is done about it is dropped. */
    boolean isLost();

    /** What is committed with that which comes of it. */
    Receipt receipt();
}
