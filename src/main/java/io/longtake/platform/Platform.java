package io.longtake.platform;

import io.longtake.broker.Claim;
import io.longtake.broker.EmbeddedBroker;
import io.longtake.director.Catalogue;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Partitioning;
import io.longtake.event.QueueProtocol;
import io.longtake.event.Replication;
import io.longtake.event.TaskPartitions;
import io.longtake.event.TopicsAdmin;
import io.longtake.library.Deletions;
import io.longtake.library.Librarian;
import io.longtake.library.Library;
import io.longtake.library.Patience;
import io.longtake.library.PlayheadReporter;
import io.longtake.library.VideoStore;
import io.longtake.library.Viewers;
import io.longtake.model.ModelRepository;
import io.longtake.worker.Models;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles that this process plays: all of them on a laptop, one worker in a cluster. A role whose player dies is taken over
 * by another process that can play it: the directory's Kafka by {@link BrokerRole}, director and stitcher by the members of
 * their groups and by {@link Substitute}s. Closing stops them all, the broker last.
 */
public final class Platform implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(60);

    private final KafkaConnection kafka;
    private final DataDirectory data;
    private final MeterRegistry meters;
    private final Roles roles = new Roles();
    private GroupProtocols protocols = GroupProtocols.LATEST;
    private Partitioning partitions = Partitioning.SINGLE;
    private Optional<Catalogue> models = Optional.empty();
    private Optional<RoleWatch> watch = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean closed;

    private Platform(KafkaConnection kafka, DataDirectory data, MeterRegistry meters) {
        this.kafka = kafka;
        this.data = data;
        this.meters = meters;
    }

    /**
     * The platform of a data directory. If no other process runs the directory's Kafka, this one does, and plays all roles.
     *
     * @param kafkaPort port of the broker on the loopback interface; 0: that of last time, or any
     */
    public static Platform embedded(DataDirectory data, int kafkaPort, PlatformSettings settings) {
        data.create();
        Models models = settings.models(settings.stages(), 1);
        Optional<Claim> claim = Claim.of(data.broker());
        if (claim.isPresent() && !settings.stages().isEmpty()) {
            warmUp(models);
        }
        BrokerRole broker = broker(data, claim, kafkaPort, models);
        Platform platform = new Platform(KafkaConnection.to(broker.bootstrapServers()), data, settings.meters());
        platform.roles.add(broker);
        if (broker.isOurs()) {
            TopicsInAdvance.begin(
                    platform.kafka,
                    Partitioning.configured().orElse(Partitioning.SINGLE).count(),
                    EmbeddedBroker.STATE_PARTITIONS);
        }
        return platform.start(() -> {
            platform.prepare(settings);
            platform.openModels(settings);
            if (broker.isOurs()) {
                platform.playAll(platform.starter(settings, data.state()), models);
                broker.announce();
            } else {
                models.close();
                platform.takePart(settings);
            }
            platform.watch(settings.models().stages());
        });
    }

    private static BrokerRole broker(DataDirectory data, Optional<Claim> claim, int port, Models models) {
        try {
            return BrokerRole.of(data, claim, port);
        } catch (RuntimeException | Error e) {
            models.close();
            throw e;
        }
    }

    /** The same, with a worker of some stages, for the default model. */
    public static Platform embedded(
            DataDirectory data, int kafkaPort, ModelRepository models, Set<String> stages, String engine) {
        return embedded(data, kafkaPort, PlatformSettings.of(models, engine).stages(stages));
    }

    /** Takes part in the platform of a Kafka that is there. */
    public static Platform joined(KafkaConnection kafka, DataDirectory data, PlatformSettings settings) {
        data.create();
        Platform platform = new Platform(kafka, data, settings.meters());
        return platform.start(() -> {
            platform.prepare(settings);
            platform.openModels(settings);
            platform.takePart(settings);
            platform.watch(settings.models().stages());
        });
    }

    /** Joins a Kafka that is there as one more worker. */
    public static Platform worker(
            KafkaConnection kafka, DataDirectory data, PlatformSettings brings, WorkerSettings settings) {
        data.create();
        Platform platform = new Platform(kafka, data, brings.meters());
        return platform.start(() -> {
            platform.prepare(brings);
            Models opened = brings.models(settings.stages(), settings.batching().maximum());
            ModelsRole told = ModelsRole.publishing(kafka, brings);
            platform.roles.add(told);
            platform.roles.add(new RoleStarter(
                            kafka, platform.protocols, platform.partitions, brings, told.catalogue(), data.guestState())
                    .worker(settings, opened));
        });
    }

    /** For a Kafka that was found by the data directory: this process fails when it comes back at another address. */
    public Platform watchAddress() {
        roles.add(new FoundKafka(data, kafka.bootstrapServers()));
        return this;
    }

    /**
     * Keeps every video as files from now on, for whoever serves them. It is no role that one process plays for all: each
     * one that serves reads for itself.
     *
     * @param patience with a store that is away
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     * @throws java.io.UncheckedIOException if the store does not
     */
    public Library openLibrary(VideoStore store, Patience patience) {
        Deletions deletions = new Deletions(kafka);
        try {
            Library library = new Library(store, deletions::announce, patience);
            Librarian librarian = Librarian.start(kafka, library, meters);
            roles.add(new PlayedRole("librarian", librarian::ready, librarian::failure, () -> {
                librarian.close();
                deletions.close();
            }));
            return library;
        } catch (RuntimeException e) {
            deletions.close();
            throw e;
        }
    }

    /** Who watches the videos of a library here; the director hears of it from now on. */
    public Viewers openViewers(Library library) {
        Viewers viewers = new Viewers(library.videos(), "server-" + UUID.randomUUID(), System::currentTimeMillis);
        PlayheadReporter reporter = PlayheadReporter.start(kafka, viewers);
        roles.add(new PlayedRole("usher", reporter::ready, reporter::failure, reporter::close));
        return viewers;
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    /** How its workers share their tasks. */
    public QueueProtocol queue() {
        return protocols.queue();
    }

    /**
     * The models that videos can be ordered of.
     *
     * @throws java.util.NoSuchElementException if this process is a worker and nothing else
     */
    public Catalogue models() {
        return models.orElseThrow();
    }

    /** Whether every role does its work. */
    public boolean ready() {
        return !closed && roles.ready();
    }

    /** Why this process had better end: a role of it does its work no longer, and never will. Empty while all is well. */
    public Optional<String> failure() {
        if (failure.isEmpty() && !closed) {
            failure = roles.failure();
        }
        return failure;
    }

    /**
     * @throws IllegalStateException with the {@link #failure}, if there is one
     */
    public void requireNoFailure() {
        failure().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    /** How long its worker has had no task; empty: it has no worker. */
    public Optional<Duration> idle() {
        return roles.idle();
    }

    /** The roles of this process, and how each is. */
    public List<String> describe() {
        return roles.describe();
    }

    /** Closing again does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        watch.ifPresent(RoleWatch::close);
        watch = Optional.empty();
        roles.close();
        data.removeGuestStates();
    }

    private Platform start(Runnable steps) {
        try {
            steps.run();
            LOG.info("plays {}", describe());
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Topics and groups for all tasks that this process sends or takes. */
    private void prepare(PlatformSettings settings) {
        Set<String> stages = settings.models().stages();
        protocols = GroupProtocols.of(kafka, settings.queue());
        TaskPartitions tasks = TaskPartitions.configured(protocols.queue());
        Optional<Partitioning> asked = Partitioning.configured();
        TopicsAdmin topics = new TopicsAdmin(
                        stages,
                        asked.orElse(Partitioning.SINGLE).count(),
                        tasks,
                        Replication.configured(),
                        TOPICS_DEADLINE)
                .orAsFound(kafka);
        asked.ifPresent(wanted -> wanted.require(topics.partitions()));
        topics.ensure(kafka);
        partitions = new Partitioning(topics.partitions());
        if (!protocols.queue().isConsumerGroup()) {
            WorkerGroups.ensure(kafka, stages);
        }
    }

    private void openModels(PlatformSettings settings) {
        ModelsRole role = ModelsRole.following(kafka, settings);
        roles.add(role);
        models = Optional.of(role.catalogue());
    }

    private RoleStarter starter(PlatformSettings settings, Path state) {
        return new RoleStarter(kafka, protocols, partitions, settings, models.orElseThrow(), state);
    }

    private void playAll(RoleStarter starter, Models models) {
        roles.add(starter.director());
        roles.add(starter.stitcher());
        Set<String> stages = starter.settings().stages();
        if (!stages.isEmpty()) {
            roles.add(starter.worker(
                    new WorkerSettings(
                            WorkerName.ofThisProcess(),
                            stages,
                            starter.settings().slots()),
                    models));
        }
    }

    private void takePart(PlatformSettings settings) {
        data.removeGuestStates();
        RoleStarter starter = starter(settings, data.guestState());
        switch (settings.part()) {
            case MEMBER -> {
                if (settings.applications().contains(PlatformSettings.Application.DIRECTOR)) {
                    roles.add(starter.director());
                }
                if (settings.applications().contains(PlatformSettings.Application.STITCHER)) {
                    roles.add(starter.stitcher());
                }
            }
            case SUBSTITUTE -> starter.substitutes().forEach(roles::add);
        }
        if (!settings.stages().isEmpty()) {
            roles.add(starter.substituteWorker());
        }
    }

    private void watch(Set<String> stages) {
        watch = Optional.of(RoleWatch.start(kafka, protocols, stages, roles.all()));
    }

    /** While the broker starts. */
    private static void warmUp(Models models) {
        Thread thread = new Thread(models::warmUp, "longtake-warm-up");
        thread.setDaemon(true);
        thread.start();
    }
}
