package io.longtake.director;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the videos in the making still owe, for whoever decides how many workers there are: {@code longtake.video.owed} by stage, seconds
 * of video that the stage has not made and may make now, which leaves out what is held for viewers; {@code longtake.videos.running}, videos
 * that have not ended. Each director tells of the videos of its partitions; their sum is that of the platform. For many threads.
 */
final class OwedVideo {

    static final String OWED = "longtake.video.owed";
    static final String RUNNING = "longtake.videos.running";

    private static final double MILLIS_PER_SECOND = 1000;

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> millis = new ConcurrentHashMap<>();
    private final AtomicLong running = new AtomicLong();

    /** Takes the place of the one before in this process: its gauges would go on showing what that one knew. */
    OwedVideo(MeterRegistry registry) {
        this.registry = registry;
        registry.find(OWED).gauges().forEach(registry::remove);
        registry.find(RUNNING).gauges().forEach(registry::remove);
        Gauge.builder(RUNNING, running, AtomicLong::get)
                .description("Videos of this director that have not ended")
                .register(registry);
    }

    /** That of one partition. */
    Share share() {
        return new Share();
    }

    private void add(String stage, long more) {
        millis.computeIfAbsent(stage, this::gauge).addAndGet(more);
    }

    private AtomicLong gauge(String stage) {
        AtomicLong owed = new AtomicLong();
        Gauge.builder(OWED, owed, now -> now.get() / MILLIS_PER_SECOND)
                .description("Seconds of video that a stage has not made yet, and may make now")
                .baseUnit("seconds")
                .tag("stage", stage)
                .register(registry);
        return owed;
    }

    /** For one thread. */
    final class Share implements AutoCloseable {

        private final Map<String, Map<String, Long>> ofVideos = new HashMap<>();

        private Share() {}

        /** Takes note of a video's new state. */
        void follow(String videoId, VideoState state) {
            forget(videoId);
            if (state instanceof Running video) {
                Map<String, Long> owed = video.owedMillis();
                owed.forEach(OwedVideo.this::add);
                ofVideos.put(videoId, owed);
                running.incrementAndGet();
            }
        }

        /** Forgets a video that is no more. */
        void forget(String videoId) {
            Map<String, Long> gone = ofVideos.remove(videoId);
            if (gone != null) {
                gone.forEach((stage, owed) -> add(stage, -owed));
                running.decrementAndGet();
            }
        }

        /** The partition is another director's now. */
        @Override
        public void close() {
            for (String videoId : ofVideos.keySet().toArray(String[]::new)) {
                forget(videoId);
            }
        }
    }
}
