package io.longtake.bench.workers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the simulated devices did, and when. */
final class CallLog {

    private final List<DeviceCall> calls = new ArrayList<>();
    private final String lastStage;
    private final int segments;
    private final int videos;
    private Optional<String> failure = Optional.empty();

    /**
     * @param lastStage of the pipeline
     * @param segments of each video
     */
    CallLog(String lastStage, int segments, int videos) {
        this.lastStage = lastStage;
        this.segments = segments;
        this.videos = videos;
    }

    synchronized void add(DeviceCall call) {
        calls.add(call);
        notifyAll();
    }

    /** The run comes to no end. */
    synchronized void fail(String why) {
        failure = Optional.of(why);
        notifyAll();
    }

    /**
     * Waits until every segment of every video is through.
     *
     * @throws IllegalStateException if that does not come
     */
    synchronized void awaitAll() throws InterruptedException {
        while (done().size() < videos * segments) {
            if (failure.isPresent()) {
                throw new IllegalStateException(failure.get());
            }
            wait();
        }
    }

    private Set<List<Object>> done() {
        Set<List<Object>> done = new HashSet<>();
        for (DeviceCall call : calls) {
            if (call.stage().equals(lastStage)) {
                done.add(List.of(call.video(), call.segment()));
            }
        }
        return done;
    }

    /**
     * The row of a run that is over.
     *
     * @param workers that there were
     * @param seconds of video that a segment has
     */
    synchronized WorkersRow row(int workers, double seconds) {
        long begun = begun(workers);
        long end = firstVideoDone();
        long busy = calls.stream().mapToLong(call -> call.within(begun, end)).sum();
        long first = calls.stream().mapToLong(DeviceCall::start).min().orElseThrow();
        long last = calls.stream().mapToLong(DeviceCall::end).max().orElseThrow();
        Set<List<Object>> distinct = new HashSet<>();
        calls.forEach(call -> distinct.add(List.of(call.video(), call.segment(), call.stage())));
        return new WorkersRow(
                workers,
                videos,
                (double) busy / workers / Math.max(1, end - begun),
                (end - begun) / 1e9,
                (last - first) / 1e9,
                videos * segments * seconds / ((last - first) / 1e9),
                calls.size() - distinct.size(),
                fewestStages());
    }

    /** When every worker had begun. */
    private long begun(int workers) {
        Map<String, Long> first = new HashMap<>();
        calls.forEach(call -> first.merge(call.worker(), call.start(), Math::min));
        if (first.size() < workers) {
            throw new IllegalStateException(
                    "of " + workers + " workers only " + first.keySet() + " had anything to do");
        }
        return first.values().stream().mapToLong(start -> start).max().orElseThrow();
    }

    /** When the first video was through: until then there was something to do for everybody. */
    private long firstVideoDone() {
        Map<Long, Long> ends = new HashMap<>();
        Map<Long, Integer> through = new HashMap<>();
        for (DeviceCall call : calls) {
            if (call.stage().equals(lastStage)) {
                through.merge(call.video(), 1, Integer::sum);
                ends.merge(call.video(), call.end(), Math::max);
            }
        }
        return ends.entrySet().stream()
                .filter(video -> through.get(video.getKey()) >= segments)
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElseThrow();
    }

    private int fewestStages() {
        Map<String, Set<String>> taken = new HashMap<>();
        calls.forEach(call ->
                taken.computeIfAbsent(call.worker(), none -> new HashSet<>()).add(call.stage()));
        return taken.values().stream().mapToInt(Set::size).min().orElse(0);
    }
}
