package io.longtake.model.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was opened, last first, every one of them even if one fails. On a device that is lost nothing can be given
 * back, and nothing needs to be: that is no failure of closing.
 */
final class Closer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private final Deque<Runnable> open = new ArrayDeque<>();

    Closer add(Runnable close) {
        open.push(close);
        return this;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().run();
            } catch (DeviceLostException e) {
                LOG.debug("not given back", e);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Closes after {@code failure}, which stays what the caller hears of. */
    <E extends RuntimeException> E closeAfter(E failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
