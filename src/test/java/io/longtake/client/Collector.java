package io.longtake.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes all that it asks for; asks for nothing by itself. */
final class Collector<T> implements Flow.Subscriber<Delivery<T>> {

    private final LinkedBlockingQueue<T> items = new LinkedBlockingQueue<>();
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
    }

    @Override
    public void onNext(Delivery<T> delivery) {
        items.add(delivery.item());
    }

    @Override
    public void onError(Throwable fault) {
        end.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    /** Asks for so many and waits for them. */
    List<T> take(int count) throws InterruptedException {
        subscription.join().request(count);
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            T item = items.poll(1, TimeUnit.MINUTES);
            if (item == null) {
                throw new AssertionError("of " + count + " items only " + taken + " came, end: " + end);
            }
            taken.add(item);
        }
        return taken;
    }

    /** What came that nobody has taken. */
    List<T> rest() {
        return new ArrayList<>(items);
    }
}
