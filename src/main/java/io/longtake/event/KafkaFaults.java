package io.longtake.event;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells the faults that trying again does not cure. */
public final class KafkaFaults {

    private KafkaFaults() {}

    /** Whether a fault, or one that caused it, is of the rights, the settings, the versions, or of this JVM itself. */
    public static boolean isLasting(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof UnsupportedVersionException
                    || cause instanceof ConfigException
                    || cause instanceof VirtualMachineError
                    || cause instanceof LinkageError) {
                return true;
            }
        }
        return false;
    }

    /** The first cause in one line: Kafka's outer exceptions only say that something failed. */
    public static String reason(Throwable fault) {
        Throwable first = fault;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    }
}
