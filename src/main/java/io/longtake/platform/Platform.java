package io.longtake.platform;

import io.longtake.broker.EmbeddedBroker;
import io.longtake.director.DirectorTopology;
import io.longtake.director.Lead;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.StageName;
import io.longtake.event.TopicsAdmin;
import io.longtake.library.Audience;
import io.longtake.library.Deletions;
import io.longtake.library.FilmStore;
import io.longtake.library.Librarian;
import io.longtake.library.Library;
import io.longtake.library.Patience;
import io.longtake.library.Usher;
import io.longtake.model.ModelRepository;
import io.longtake.stitch.KafkaFrameFetcher;
import io.longtake.stitch.StitchSettings;
import io.longtake.stitch.StitchTopology;
import io.longtake.worker.ModelShelf;
import io.longtake.worker.Models;
import io.longtake.worker.Worker;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles that this process plays: all of them on a laptop, one worker in a cluster. Closing stops them in the
 * reverse order of their start, the broker last.
 */
public final class Platform implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
    private static final int PARTITIONS = 1;
    private static final short REPLICATION = 1;
    private static final Duration TOPICS_DEADLINE = Duration.ofSeconds(60);
    /** Of prompt events that name none: what a worker warms up where nobody knows the first film. */
    private static final String DEFAULT_MODEL =
            PromptEvent.getClassSchema().getField("model").defaultVal().toString();

    private final KafkaConnection kafka;
    private final DataDirectory data;
    private final Optional<EmbeddedBroker> broker;
    private final List<Role> roles = new CopyOnWriteArrayList<>();

    private Platform(KafkaConnection kafka, DataDirectory data, Optional<EmbeddedBroker> broker) {
        this.kafka = kafka;
        this.data = data;
        this.broker = broker;
    }

    /**
     * Starts a broker of its own on the data directory, the director, the stitcher, and a worker.
     *
     * @param kafkaPort port of the broker on the loopback interface; 0: any
     * @param stages what the worker takes; where it takes none, there is no worker
     */
    public static Platform embedded(
            DataDirectory data, int kafkaPort, ModelRepository models, Set<StageName> stages, String engine) {
        return embedded(data, kafkaPort, models, stages, engine, DEFAULT_MODEL);
    }

    /**
     * The same, for a first film that is known.
     *
     * @param firstModel the worker warms it up while the broker starts
     */
    public static Platform embedded(
            DataDirectory data,
            int kafkaPort,
            ModelRepository models,
            Set<StageName> stages,
            String engine,
            String firstModel) {
        data.create();
        Models shelf = new ModelShelf(models, engine, stages, firstModel, 1);
        if (!stages.isEmpty()) {
            Thread warmUp = new Thread(shelf::warmUp, "longtake-warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        }
        EmbeddedBroker broker = broker(data, kafkaPort, shelf);
        Platform platform = new Platform(KafkaConnection.to(broker.bootstrapServers()), data, Optional.of(broker));
        return platform.start(() -> {
            platform.prepare();
            platform.play(RoleCall.none(), models, stages, shelf);
            data.writeAddress(broker.bootstrapServers());
        });
    }

    private static EmbeddedBroker broker(DataDirectory data, int port, Models shelf) {
        try {
            return EmbeddedBroker.start(data.broker(), port, EmbeddedBroker.START_DEADLINE);
        } catch (RuntimeException e) {
            shelf.close();
            throw e;
        }
    }

    /** Joins a Kafka that is there, and plays the roles that nobody plays. */
    public static Platform joined(KafkaConnection kafka, DataDirectory data, ModelRepository models, String engine) {
        return joined(kafka, data, models, engine, DEFAULT_MODEL);
    }

    /** The same, for a first film that is known: the worker, if it is one of the roles, warms its model up. */
    public static Platform joined(
            KafkaConnection kafka, DataDirectory data, ModelRepository models, String engine, String firstModel) {
        data.create();
        Platform platform = new Platform(kafka, data, Optional.empty());
        return platform.start(() -> {
            platform.prepare();
            RoleCall present = RoleCall.of(kafka);
            Set<StageName> missing = EnumSet.allOf(StageName.class);
            missing.removeAll(present.stages());
            platform.play(present, models, missing, new ModelShelf(models, engine, missing, firstModel, 1));
        });
    }

    /** Joins a Kafka that is there as one more worker. */
    public static Platform worker(
            KafkaConnection kafka, DataDirectory data, ModelRepository models, WorkerSettings settings, String engine) {
        data.create();
        Platform platform = new Platform(kafka, data, Optional.empty());
        return platform.start(() -> {
            platform.prepare();
            int batch = settings.batching().maximum();
            platform.addWorker(settings, new ModelShelf(models, engine, settings.stages(), DEFAULT_MODEL, batch));
        });
    }

    /**
     * Keeps every film as files from now on, for whoever serves them. It is no role that one process plays for all: each
     * one that serves reads for itself.
     *
     * @param patience with a store that is away
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     * @throws java.io.UncheckedIOException if the store does not
     */
    public Library openLibrary(FilmStore store, Patience patience) {
        Deletions deletions = new Deletions(kafka);
        try {
            Library library = new Library(store, deletions::announce, patience);
            roles.add(new LibrarianRole(Librarian.start(kafka, library), deletions));
            return library;
        } catch (RuntimeException e) {
            deletions.close();
            throw e;
        }
    }

    /** Who watches the films of a library here; the director hears of it from now on. */
    public Audience openAudience(Library library) {
        Audience audience = new Audience(library.shelf(), "server-" + UUID.randomUUID(), System::currentTimeMillis);
        roles.add(new UsherRole(Usher.start(kafka, audience)));
        return audience;
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    /** Whether every role does its work. */
    public boolean ready() {
        return broker.map(EmbeddedBroker::isAlive).orElse(true)
                && roles.stream().allMatch(Role::ready);
    }

    /** The roles of this process, and whether they are ready. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        broker.ifPresent(b -> lines.add("broker " + b.bootstrapServers()));
        roles.forEach(role -> lines.add(role.name() + (role.ready() ? " ready" : " starting")));
        return lines;
    }

    /** Closing again does nothing. */
    @Override
    public synchronized void close() {
        for (int i = roles.size() - 1; i >= 0; i--) {
            roles.remove(i).close();
        }
        if (broker.isPresent() && broker.get().isAlive()) {
            data.removeAddress();
            broker.get().close();
        }
    }

    private Platform start(Runnable steps) {
        try {
            steps.run();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void prepare() {
        new TopicsAdmin(PARTITIONS, REPLICATION, TOPICS_DEADLINE)
                .orAsFound(kafka)
                .ensure(kafka);
        WorkerGroup.ensure(kafka);
    }

    private void play(RoleCall present, ModelRepository models, Set<StageName> stages, Models shelf) {
        if (!present.director()) {
            roles.add(StreamsRole.start(
                    DirectorTopology.APPLICATION_ID,
                    DirectorTopology.build(new InstalledModels(models), Lead.configured()),
                    kafka,
                    state(),
                    broker.isEmpty()));
        }
        if (!present.stitcher()) {
            roles.add(StreamsRole.start(
                    StitchTopology.APPLICATION_ID,
                    StitchTopology.build(
                            () -> new KafkaFrameFetcher(kafka, KafkaFrameFetcher.DEADLINE), StitchSettings.DEFAULT),
                    kafka,
                    state(),
                    broker.isEmpty()));
        }
        if (!stages.isEmpty()) {
            addWorker(new WorkerSettings(WorkerName.ofThisProcess(), stages), shelf);
        }
        LOG.info("plays {}", describe());
    }

    private Path state() {
        return broker.isPresent() ? data.state() : data.guestState();
    }

    private void addWorker(WorkerSettings settings, Models shelf) {
        roles.add(new WorkerRole(settings.name(), Worker.start(settings, kafka, shelf)));
    }
}
