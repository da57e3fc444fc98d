package io.longtake.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;

/** Pushes what a reading gives to one subscriber, as fast as it asks, from a thread of its own. */
final class FeedSubscription<T> implements Flow.Subscription {

    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Reading<T> reading;
    /** Let go at the end: whoever keeps a cancelled subscription does not keep its subscriber (rule 3.13). */
    private Flow.Subscriber<? super Delivery<T>> subscriber;

    private long demand;
    private boolean cancelled;
    private IllegalArgumentException refused;

    FeedSubscription(Flow.Subscriber<? super Delivery<T>> subscriber, Reading<T> reading) {
        this.subscriber = subscriber;
        this.reading = reading;
    }

    void begin(String name) {
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true); // a video that nobody makes must not keep a program from ending
        try {
            subscriber.onSubscribe(this);
        } catch (RuntimeException | Error e) {
            reading.close();
            throw e;
        }
        thread.start();
    }

    @Override
    public synchronized void request(long items) {
        if (isOver()) {
            return;
        }
        if (items < 1) {
            refused = new IllegalArgumentException(
                    "request: expected at least 1 item, got " + items + " (Reactive Streams, rule 3.9)");
            reading.wakeup();
        } else {
            demand = demand + items < 0 ? Long.MAX_VALUE : demand + items;
        }
        notifyAll();
    }

    @Override
    public synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            reading.wakeup();
            notifyAll();
        }
    }

    private void run() {
        Throwable fault = null;
        try {
            reading.start();
            while (!reading.isDone() && awaitDemand()) {
                Optional<Delivery<T>> item = reading.poll(WHILE);
                if (item.isPresent() && take()) {
                    hand(item.get());
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            fault = e;
        } finally {
            try {
                reading.close();
            } finally {
                end(fault);
            }
        }
    }

    /** Whether there is something to read for; false if the subscription is over. */
    private synchronized boolean awaitDemand() throws InterruptedException {
        while (demand == 0 && !isOver()) {
            wait();
        }
        return !isOver();
    }

    /** Whether an item may go out now; it counts. */
    private synchronized boolean take() {
        if (isOver()) {
            return false;
        }
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        return true;
    }

    /** A subscriber that throws has cancelled (rule 2.13); its fault is nobody else's, but it is not lost. */
    private void hand(Delivery<T> item) {
        try {
            subscriber.onNext(item);
        } catch (RuntimeException | Error e) {
            cancel();
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private synchronized boolean isOver() {
        return cancelled || refused != null;
    }

    private void end(Throwable fault) {
        Flow.Subscriber<? super Delivery<T>> last = subscriber;
        Throwable said;
        synchronized (this) {
            subscriber = null;
            if (cancelled) {
                return;
            }
            cancelled = true;
            said = refused != null ? refused : fault;
        }
        if (said != null) {
            last.onError(said);
        } else {
            last.onComplete();
        }
    }
}
