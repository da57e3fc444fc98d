package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka Streams application of ours, exactly once. If another version plays it, whose topology differs, this one stands by until
 * that has left, and goes on with its offsets and its stores: both have one application id (decision 20).
 */
final class StreamsRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For how long a look at the group is believed. */
    private static final long NEWS_NANOS = Duration.ofSeconds(5).toNanos();

    private final String application;
    private final Supplier<Topology> topology;
    private final Properties settings;
    private final GroupTopology group;
    private final ThreadDeaths deaths;
    private final Standby standby = new Standby(System.nanoTime());
    private volatile KafkaStreams streams;
    /** What Kafka said when it did not let us in; null: it has not refused us. */
    private volatile Throwable refusal;

    private volatile boolean closing;
    private volatile long stableAt = System.nanoTime() - NEWS_NANOS;

    private StreamsRole(String application, Supplier<Topology> topology, Properties settings, GroupTopology group) {
        this.application = application;
        this.topology = topology;
        this.settings = settings;
        this.group = group;
        this.deaths = new ThreadDeaths(application);
    }

    /**
     * @param topology makes another one at each call
     * @param state directory of its stores
     */
    static StreamsRole start(
            String application,
            Supplier<Topology> topology,
            KafkaConnection kafka,
            GroupProtocols protocols,
            Path state) {
        Properties settings = new Properties();
        settings.putAll(protocols.settingsOfStreams());
        settings.putAll(kafka.with(Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, application),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.STATE_DIR_CONFIG, state.toString()),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0),
                // What a role decides is seen by others after its commit, so commit soon after there is something.
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20),
                Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1),
                Map.entry(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest"),
                Map.entry(StreamsConfig.producerPrefix("linger.ms"), 0))));
        Topology first = topology.get();
        GroupTopology group = new GroupTopology(kafka, application, sources(first));
        StreamsRole role = new StreamsRole(application, topology, settings, group);
        role.join(first);
        return role;
    }

    private static Set<String> sources(Topology topology) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
                .collect(Collectors.toSet());
    }

    private void join(Topology ours) {
        streams = new KafkaStreams(ours, settings);
        streams.setUncaughtExceptionHandler(this::answer);
        streams.start();
    }

    private StreamThreadExceptionResponse answer(Throwable fault) {
        if (!GroupTopology.isRefusal(fault)) {
            return deaths.answer(fault);
        }
        LOG.warn(
                "{} stands by while the group goes by the topology of another version: {}",
                application,
                fault.toString());
        refusal = fault;
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    @Override
    public String name() {
        return refusal == null ? application : application + " of another version in another process";
    }

    /** Runs, and its tasks are in the hands of somebody who is alive: in ours, or in those of another instance. */
    @Override
    public boolean ready() {
        return refusal == null
                ? streams.state() == KafkaStreams.State.RUNNING && (hasTasks() || isSeenStable())
                : isSeenStable();
    }

    private boolean hasTasks() {
        return streams.metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    private boolean isSeenStable() {
        return System.nanoTime() - stableAt < NEWS_NANOS;
    }

    @Override
    public synchronized void look(RoleCall present) {
        stableAt = System.nanoTime() - (present.stable().contains(application) ? 0 : NEWS_NANOS);
        if (refusal != null) {
            if (!closing && !standby.isHopeless()) {
                standBy(!present.applications().contains(application), GroupTopology.wasBeingTakenOver(refusal));
            }
        } else if (streams.state() == KafkaStreams.State.RUNNING) {
            standby.joined();
        }
    }

    private void standBy(boolean vacant, boolean takenOver) {
        switch (standby.look(vacant, takenOver, System.nanoTime())) {
            case WAIT -> {}
            case JOIN -> joinAgain();
            case TAKE_OVER -> {
                LOG.info("no other version plays {} any more: this one takes it over", application);
                group.forget();
                joinAgain();
            }
        }
    }

    private void joinAgain() {
        leave();
        refusal = null;
        join(topology.get());
    }

    @Override
    public Optional<String> failure() {
        if (closing) {
            return Optional.empty();
        }
        if (refusal != null) {
            return standby.isHopeless() ? Optional.of(hasStopped(Reason.ofFirstCause(refusal))) : Optional.empty();
        }
        return deaths.failure()
                .or(() -> streams.state().hasStartedOrFinishedShuttingDown()
                        ? Optional.of(hasStopped(streams.state().name()))
                        : Optional.empty());
    }

    private String hasStopped(String why) {
        return application + " has stopped: " + why;
    }

    @Override
    public synchronized void close() {
        closing = true;
        leave();
    }

    /** Says so: in a consumer group its work would else wait for the end of its session. */
    private void leave() {
        streams.close(CloseOptions.timeout(PATIENCE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
