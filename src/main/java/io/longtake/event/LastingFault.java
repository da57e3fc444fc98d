package io.longtake.event;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Which faults of Kafka's stay until somebody does something about them: who may not, will not be let in a second later.
 * All others are worth another try, a broker that is away among them. A setting that is wrong is found before a worker has
 * begun; later, the same complaint only means that a name can not be resolved just now.
 */
public final class LastingFault {

    private LastingFault() {}

    /** Whether this, or one of its causes, is one. */
    public static boolean isIn(Throwable fault) {
        for (Throwable e = fault; e != null; e = e.getCause()) {
            if (e instanceof AuthorizationException
                    || e instanceof AuthenticationException
                    || e instanceof UnsupportedVersionException) {
                return true;
            }
        }
        return false;
    }
}
