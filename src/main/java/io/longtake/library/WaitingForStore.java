package io.longtake.library;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for a store for as long as it is away, so that a server need not start after its store. It says so when that
 * begins, again now and then, and when it is over; however many threads wait, it is said once. An interrupted thread waits
 * no longer.
 */
public final class WaitingForStore implements Patience {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final Consumer<String> told;
    private final LongSupplier nanos;
    private final Rest rest;
    private int waiting;
    private long since;
    private long saidAt;

    /** A pause between two requests. */
    interface Rest {
        void take(Duration time) throws InterruptedException;
    }

    /** @param told what an operator should know, in one line each */
    public WaitingForStore(Consumer<String> told) {
        this(told, System::nanoTime, time -> Thread.sleep(time.toMillis()));
    }

    WaitingForStore(Consumer<String> told, LongSupplier nanos, Rest rest) {
        this.told = told;
        this.nanos = nanos;
        this.rest = rest;
    }

    @Override
    public <T> T get(Supplier<T> request) {
        try {
            return request.get();
        } catch (PassingFaultException away) {
            begin(away);
            return again(request, away);
        }
    }

    private <T> T again(Supplier<T> request, PassingFaultException first) {
        PassingFaultException away = first;
        boolean answered = false;
        try {
            for (Duration pause = SHORTEST; ; pause = shorter(pause.multipliedBy(2), LONGEST)) {
                rest(pause, away);
                try {
                    T answer = request.get();
                    answered = true;
                    return answer;
                } catch (PassingFaultException still) {
                    remind(still);
                    away = still;
                }
            }
        } finally {
            end(answered);
        }
    }

    private void rest(Duration pause, PassingFaultException away) {
        try {
            rest.take(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String message = "interrupted while waiting for the store: " + away.getMessage();
            UncheckedIOException interrupted = new UncheckedIOException(message, new InterruptedIOException(message));
            interrupted.addSuppressed(away);
            throw interrupted;
        }
    }

    private synchronized void begin(PassingFaultException away) {
        waiting++;
        if (waiting == 1) {
            since = nanos.getAsLong();
            say("waiting for the store: " + away.getMessage());
        }
    }

    private synchronized void remind(PassingFaultException still) {
        if (nanos.getAsLong() - saidAt >= REMINDER.toNanos()) {
            say("still waiting for the store, for " + waited() + " s now: " + still.getMessage());
        }
    }

    private synchronized void end(boolean answered) {
        waiting--;
        if (waiting == 0 && answered) {
            say("the store answers, after " + waited() + " s");
        }
    }

    private void say(String line) {
        saidAt = nanos.getAsLong();
        told.accept(line);
    }

    private long waited() {
        return Duration.ofNanos(nanos.getAsLong() - since).toSeconds();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
