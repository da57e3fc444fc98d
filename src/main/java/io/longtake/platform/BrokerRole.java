package io.longtake.platform;

import io.longtake.broker.BrokerException;
import io.longtake.broker.EmbeddedBroker;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka of a data directory. One process runs it; every other process of the directory watches it and runs it once that
 * process is gone. It comes back at the address that it had, so its clients need not be told.
 */
final class BrokerRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerRole.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Starts in a row that may fail, with pauses of 1, 2, 4 … s. */
    private static final int MAX_ATTEMPTS = 5;

    private final DataDirectory data;
    private final String address;
    private final Thread watch = new Thread(this::watch, "longtake-broker-watch");
    private volatile Optional<EmbeddedBroker> ours;
    private volatile boolean answers = true;
    private volatile String failure;
    private volatile boolean closing;

    private BrokerRole(DataDirectory data, String address, Optional<EmbeddedBroker> ours) {
        this.data = data;
        this.address = address;
        this.ours = ours;
        watch.setDaemon(true);
    }

    /**
     * Returns when the directory's Kafka serves clients, whichever process runs it.
     *
     * @param port to run it at if no other process does; 0: that of last time, or any
     * @throws BrokerException if it does not start, or another process holds the directory and no Kafka answers
     */
    static BrokerRole of(DataDirectory data, int port) {
        long end = System.nanoTime() + EmbeddedBroker.START_DEADLINE.toNanos();
        while (EmbeddedBroker.isAtWork(data.broker())) {
            Optional<String> found = data.address().filter(Reachable::answers);
            if (found.isPresent()) {
                return watching(new BrokerRole(data, found.get(), Optional.empty()));
            }
            if (System.nanoTime() - end > 0) {
                throw new BrokerException("data directory " + data.path() + " is in use by a Kafka that does not answer"
                        + " (waited " + EmbeddedBroker.START_DEADLINE.toSeconds()
                        + " s): stop it, or choose another directory with --data-dir");
            }
            pause(LOOK);
        }
        EmbeddedBroker broker = EmbeddedBroker.start(data.broker(), port, EmbeddedBroker.START_DEADLINE);
        return watching(new BrokerRole(data, broker.bootstrapServers(), Optional.of(broker)));
    }

    private static BrokerRole watching(BrokerRole role) {
        role.watch.start();
        return role;
    }

    String bootstrapServers() {
        return address;
    }

    /** Whether this process runs it. */
    boolean isOurs() {
        return ours.isPresent();
    }

    /** Lets the other commands of this machine find it. */
    void announce() {
        if (isOurs()) {
            data.writeAddress(address);
        }
    }

    @Override
    public String name() {
        return isOurs() ? "broker " + address : "broker " + address + " of another process";
    }

    @Override
    public boolean ready() {
        return failure == null && answers;
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void watch() {
        try {
            while (!closing && failure == null) {
                if (ours.isPresent()) {
                    awaitEnd(ours.get());
                } else if (EmbeddedBroker.isAtWork(data.broker()) && Reachable.answers(address)) {
                    answers = true;
                    Thread.sleep(LOOK.toMillis());
                } else {
                    answers = false;
                    startUnlessAnotherDoes();
                }
            }
        } catch (InterruptedException e) {
            // closed
        } catch (RuntimeException | Error e) {
            fail("nobody watches the embedded Kafka any more: " + e, e);
        }
    }

    private void awaitEnd(EmbeddedBroker broker) throws InterruptedException {
        try {
            int status = broker.ended().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            answers = false;
            ours = Optional.empty();
            if (!closing) {
                LOG.error("the embedded Kafka at {} ended with status {}; starting it again", address, status);
            }
        } catch (TimeoutException e) {
            answers = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void startUnlessAnotherDoes() throws InterruptedException {
        for (int attempt = 1; !closing; attempt++) {
            if (EmbeddedBroker.isAtWork(data.broker())) {
                Thread.sleep(LOOK.toMillis()); // it is closing, or just starting
                return;
            }
            try {
                start();
                return;
            } catch (BrokerException | UncheckedIOException e) {
                if (EmbeddedBroker.isAtWork(data.broker())) {
                    return; // another process was quicker
                }
                if (attempt == MAX_ATTEMPTS) {
                    fail("the embedded Kafka does not start again: " + e.getMessage(), e);
                    return;
                }
                LOG.warn("attempt {} of {} to start it: {}", attempt, MAX_ATTEMPTS, e.getMessage());
                Thread.sleep(TimeUnit.SECONDS.toMillis(1L << (attempt - 1)));
            }
        }
    }

    private void start() {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        EmbeddedBroker broker = EmbeddedBroker.start(data.broker(), port, EmbeddedBroker.START_DEADLINE);
        synchronized (this) {
            if (closing) {
                broker.close();
                return;
            }
            ours = Optional.of(broker);
        }
        announce();
        answers = true;
        LOG.warn("the embedded Kafka is there again at {}, run by this process", address);
    }

    private void fail(String reason, Throwable cause) {
        LOG.error(reason, cause);
        failure = reason;
        answers = false;
    }

    /** Stops the Kafka if it is ours. Another process of the directory may then go on with it. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        watch.interrupt();
        ours.filter(EmbeddedBroker::isAlive).ifPresent(broker -> {
            data.removeAddress();
            broker.close();
        });
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while waiting for the directory's Kafka");
        }
    }
}
