package io.longtake.event;

/** How the workers of a stage divide its tasks among them. */
public enum QueueProtocol {
    /** A share group: each task goes to whoever asks next. */
    SHARE,
    /** A consumer group whose partitions Kafka assigns. */
    CONSUMER,
    /** A consumer group whose partitions one of its members assigns, for a Kafka that knows no other. */
    CLASSIC;

    /** Whether a task is for the worker that has its partition. */
    public boolean isConsumerGroup() {
        return this != SHARE;
    }
}
