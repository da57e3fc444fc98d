package io.longtake.worker;

/** A task is somebody else's by now. Not a fault of Kafka's, so nobody tries again. */
final class LostTaskException extends RuntimeException {

    LostTaskException(String task) {
        super(task + " has gone to another worker");
    }
}
