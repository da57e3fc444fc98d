package io.longtake.library;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** All videos, and who waits for them. For many threads; nobody who waits holds one. */
public final class LibraryVideos {

    /** Of so many videos that are gone it is known where they were: who lists videos page by page goes on behind them. */
    private static final int RANKS = 10_000;

    private final Map<String, LibraryVideo> videos = new ConcurrentHashMap<>();
    private final Cache<String, Rank> left =
            Caffeine.newBuilder().maximumSize(RANKS).build();
    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    /**
     * Where a video stands among the others, which are sorted by age.
     *
     * @param createdAt milliseconds since 1970
     */
    public record Rank(long createdAt, String videoId) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER =
                Comparator.comparingLong(Rank::createdAt).thenComparing(Rank::videoId);

        static Rank of(LibraryVideo video) {
            return new Rank(video.history().createdAt(), video.id());
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private record Waiter(Predicate<LibraryVideo> condition, CompletableFuture<Void> woken) {}

    public Optional<LibraryVideo> find(String videoId) {
        return Optional.ofNullable(videos.get(videoId));
    }

    /** Oldest first. */
    public List<LibraryVideo> all() {
        return videos.values().stream().sorted(Comparator.comparing(Rank::of)).toList();
    }

    /** Where a video stands, or stood before it was removed; nothing if it never was here, or left very long ago. */
    public Optional<Rank> rank(String videoId) {
        return find(videoId).map(Rank::of).or(() -> Optional.ofNullable(left.getIfPresent(videoId)));
    }

    /** The videos before a rank, oldest first. */
    public List<LibraryVideo> earlier(Rank rank) {
        return all().stream()
                .filter(video -> Rank.of(video).compareTo(rank) < 0)
                .toList();
    }

    /** The videos behind a rank, oldest first. */
    public List<LibraryVideo> later(Rank rank) {
        return all().stream()
                .filter(video -> Rank.of(video).compareTo(rank) > 0)
                .toList();
    }

    /**
     * The video as soon as it is as somebody wants it, or as it is when the time is over; nothing if it is unknown then, or
     * was removed. Completed by the thread that brings the news: go on elsewhere if there is much to do.
     */
    public CompletableFuture<Optional<LibraryVideo>> await(
            String videoId, Predicate<LibraryVideo> condition, Duration atMost) {
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        waiting.compute(videoId, (id, others) -> {
            Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(waiter);
            return all;
        });
        // only now, so that news between a look and the registration are not missed
        if (find(videoId).filter(condition).isPresent()) {
            waiter.woken().complete(null);
        }
        return waiter.woken()
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(done -> {
                    forget(videoId, waiter);
                    return find(videoId);
                });
    }

    /** How many wait. */
    int waiting() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    /**
     * Takes in what is known of a prompt alone: a video that is known stays as it is, except that it learns its prompt.
     *
     * @return the video as it is known now
     */
    LibraryVideo merge(LibraryVideo prompted) {
        LibraryVideo known = videos.merge(
                prompted.id(),
                prompted,
                (now, other) -> now.history().details() == null
                        ? now.with(now.history()
                                .prompted(
                                        other.history().details(),
                                        other.history().createdAt()))
                        : now);
        wake(known.id(), waiter -> waiter.condition().test(known));
        return known;
    }

    void put(LibraryVideo video) {
        videos.put(video.id(), video);
        wake(video.id(), waiter -> waiter.condition().test(video));
    }

    void remove(String videoId) {
        find(videoId).map(Rank::of).ifPresent(rank -> left.put(videoId, rank));
        videos.remove(videoId);
        wake(videoId, waiter -> true);
    }

    private void wake(String videoId, Predicate<Waiter> whom) {
        waiting.getOrDefault(videoId, Set.of()).stream().filter(whom).forEach(waiter -> waiter.woken()
                .complete(null));
    }

    private void forget(String videoId, Waiter waiter) {
        waiting.computeIfPresent(videoId, (id, others) -> {
            others.remove(waiter);
            return others.isEmpty() ? null : others;
        });
    }
}
