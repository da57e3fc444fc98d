package io.longtake.platform;

import io.longtake.broker.BrokerException;
import io.longtake.broker.Claim;
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
    private volatile Optional<Claim> claim;
    private volatile Optional<EmbeddedBroker> broker;
    private volatile boolean answers = true;
    private volatile String failure;
    private volatile boolean closing;

    private BrokerRole(DataDirectory data, String address, Optional<Claim> claim, Optional<EmbeddedBroker> broker) {
        this.data = data;
        this.address = address;
        this.claim = claim;
        this.broker = broker;
        watch.setDaemon(true);
    }

    /**
     * Returns when the directory's Kafka serves clients, whichever process runs it.
     *
     * @param claim on the directory, if this process has it; closed with the role, or if there is none
     * @param port to run it at if this process does; 0: that of last time, or any
     * @throws BrokerException if it does not start, or another process has the directory and no Kafka answers
     */
    static BrokerRole of(DataDirectory data, Optional<Claim> claim, int port) {
        long end = System.nanoTime() + EmbeddedBroker.START_DEADLINE.toNanos();
        Optional<Claim> ours = claim;
        while (ours.isEmpty()) {
            Optional<String> found = data.address().filter(Reachable::answers);
            if (found.isPresent()) {
                return watching(new BrokerRole(data, found.get(), Optional.empty(), Optional.empty()));
            }
            if (System.nanoTime() - end > 0) {
                throw new BrokerException("data directory " + data.path() + " is in use by a process whose Kafka does"
                        + " not answer (waited " + EmbeddedBroker.START_DEADLINE.toSeconds()
                        + " s): stop it, or choose another directory with --data-dir");
            }
            pause(LOOK);
            ours = Claim.of(data.broker());
        }
        try {
            EmbeddedBroker broker =
                    EmbeddedBroker.start(data.broker(), data.brokerLog(), port, EmbeddedBroker.START_DEADLINE);
            return watching(new BrokerRole(data, broker.bootstrapServers(), ours, Optional.of(broker)));
        } catch (RuntimeException e) {
            ours.ifPresent(Claim::close);
            throw e;
        }
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
        return claim.isPresent();
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
                if (broker.isPresent()) {
                    awaitEnd(broker.get());
                } else if (isOurs()) {
                    startAgain();
                } else {
                    claim = Claim.of(data.broker());
                    answers = !isOurs() && Reachable.answers(address);
                    Thread.sleep(isOurs() ? 0 : LOOK.toMillis());
                }
            }
        } catch (InterruptedException e) {
            // closed
        } catch (RuntimeException | Error e) {
            fail("nobody watches the embedded Kafka any more: " + e, e);
        }
    }

    private void awaitEnd(EmbeddedBroker running) throws InterruptedException {
        try {
            int status = running.ended().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            answers = false;
            broker = Optional.empty();
            if (!closing) {
                LOG.error("the embedded Kafka at {} ended with status {}; starting it again", address, status);
            }
        } catch (TimeoutException e) {
            answers = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void startAgain() throws InterruptedException {
        for (int attempt = 1; !closing; attempt++) {
            try {
                start();
                return;
            } catch (BrokerException | UncheckedIOException e) {
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
        EmbeddedBroker started =
                EmbeddedBroker.start(data.broker(), data.brokerLog(), port, EmbeddedBroker.START_DEADLINE);
        synchronized (this) {
            if (closing) {
                started.close();
                return;
            }
            broker = Optional.of(started);
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
        broker.filter(EmbeddedBroker::isAlive).ifPresent(running -> {
            data.removeAddress();
            running.close();
        });
        claim.ifPresent(Claim::close);
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
