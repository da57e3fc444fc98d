package io.longtake.director;

import io.longtake.event.CarriedHeaders;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which task is sent next, of all that could be: of the video that {@link Running#rank} puts first, and within it as
 * {@link Running#due} says. The queues hold no more than the workers take soon, for what is in a queue has its place: a video that
 * comes later could not overtake it.
 *
 * <p>Kept in memory, for it follows from the videos' states. Tasks that were out before a restart count as out.
 */
final class Schedule {

    /** One that computes, one that comes: what a worker is believed to take until one has said it. */
    private static final int FEWEST_PLACES = 2;

    /** What makes a video go before another. */
    private record Place(double rank, long arrival) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::rank).thenComparing(Place::arrival);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A task that may be sent.
     *
     * @param cause of its record: what made it possible to send it
     */
    record Next(TaskName task, CarriedHeaders cause) {}

    private record Video(Place place, Map<TaskName, CarriedHeaders> due, Map<String, Integer> out) {}

    private final Supplier<Workers> workers;
    private final Map<String, Video> videos = new HashMap<>();
    private final TreeMap<Place, String> waiting = new TreeMap<>();
    private final Map<String, Integer> out = new HashMap<>();
    private int places = FEWEST_PLACES;
    private long arrivals;

    Schedule(Supplier<Workers> workers) {
        this.workers = workers;
    }

    /** A worker has said how many tasks it takes at once; 0: it has not. */
    void takes(int tasks) {
        places = tasks > 0 ? tasks : places;
    }

    /** Takes note of a video's new state. */
    void follow(String videoId, VideoState state, CarriedHeaders cause) {
        Video before = videos.get(videoId);
        forget(videoId);
        if (!(state instanceof Running running)) {
            return;
        }
        Map<TaskName, CarriedHeaders> due = new LinkedHashMap<>();
        for (TaskName task : running.due()) {
            due.put(task, before == null ? cause : before.due().getOrDefault(task, cause));
        }
        long arrival = before == null ? arrivals++ : before.place().arrival();
        Place place = new Place(running.rank(), arrival);
        Video video = new Video(place, due, running.out());
        videos.put(videoId, video);
        video.out().forEach((stage, tasks) -> out.merge(stage, tasks, Integer::sum));
        if (!due.isEmpty()) {
            waiting.put(place, videoId);
        }
    }

    /** Forgets a video that is no more. */
    void forget(String videoId) {
        Video gone = videos.remove(videoId);
        if (gone != null) {
            waiting.remove(gone.place());
            gone.out().forEach((stage, tasks) -> out.merge(stage, -tasks, Integer::sum));
        }
    }

    /** The task to send now; empty: none is due, or the workers have enough to do. */
    Optional<Next> next() {
        Workers now = workers.get();
        boolean placeForAny = areFree(now.all(), outOfStagesWithWorkers(now));
        return waiting.values().stream()
                .map(videos::get)
                .flatMap(video -> video.due().entrySet().stream())
                .filter(task -> hasPlace(task.getKey().stage(), now, placeForAny))
                .map(task -> new Next(task.getKey(), task.getValue()))
                .findFirst();
    }

    /** Tasks that nobody takes hold up no others, whose workers are there. */
    private int outOfStagesWithWorkers(Workers now) {
        return out.entrySet().stream()
                .filter(tasks -> now.of(tasks.getKey()) > 0)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private boolean hasPlace(String stage, Workers now, boolean placeForAny) {
        if (!now.knows(stage)) {
            return true;
        }
        int takers = now.of(stage);
        return (takers == 0 || placeForAny) && areFree(Math.max(1, takers), out.getOrDefault(stage, 0));
    }

    /** As many as they take at once, which is more than they compute at once. Another one in the queue would be one to wait for. */
    private boolean areFree(int takers, int tasks) {
        return tasks < takers * places;
    }
}
