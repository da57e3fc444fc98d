package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** One Kafka Streams application of ours, exactly once. */
final class StreamsRole implements Role {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For how long a look at the group is believed. */
    private static final long NEWS_NANOS = Duration.ofSeconds(5).toNanos();

    private final String application;
    private final KafkaStreams streams;
    private final ThreadDeaths deaths;
    private volatile boolean closing;
    private volatile long stableAt = System.nanoTime() - NEWS_NANOS;

    private StreamsRole(String application, KafkaStreams streams) {
        this.application = application;
        this.streams = streams;
        this.deaths = new ThreadDeaths(application);
    }

    /** @param state directory of its stores */
    static StreamsRole start(String application, Topology topology, KafkaConnection kafka, Path state) {
        Properties settings = new Properties();
        settings.putAll(kafka.with(Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, application),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams"),
                Map.entry(StreamsConfig.STATE_DIR_CONFIG, state.toString()),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0),
                // What a role decides is seen by others after its commit, so commit soon after there is something.
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20),
                Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1),
                Map.entry(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest"),
                Map.entry(StreamsConfig.producerPrefix("linger.ms"), 0))));
        StreamsRole role = new StreamsRole(application, new KafkaStreams(topology, settings));
        role.streams.setUncaughtExceptionHandler(role.deaths::answer);
        role.streams.start();
        return role;
    }

    @Override
    public String name() {
        return application;
    }

    /** Runs, and its tasks are in the hands of somebody who is alive: in ours, or in those of another instance. */
    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING && (hasTasks() || isSeenStable());
    }

    private boolean hasTasks() {
        return streams.metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    private boolean isSeenStable() {
        return System.nanoTime() - stableAt < NEWS_NANOS;
    }

    @Override
    public void look(RoleCall present) {
        stableAt = System.nanoTime() - (present.stable().contains(application) ? 0 : NEWS_NANOS);
    }

    @Override
    public Optional<String> failure() {
        if (closing) {
            return Optional.empty();
        }
        return deaths.failure()
                .or(() -> streams.state().hasStartedOrFinishedShuttingDown()
                        ? Optional.of(application + " has stopped: " + streams.state())
                        : Optional.empty());
    }

    @Override
    public void close() {
        closing = true;
        streams.close(PATIENCE);
    }
}
