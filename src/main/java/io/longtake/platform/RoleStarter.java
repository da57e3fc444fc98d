package io.longtake.platform;

import io.longtake.director.Catalogue;
import io.longtake.director.DirectorTopology;
import io.longtake.director.Lead;
import io.longtake.director.Workers;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Partitioning;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Topic;
import io.longtake.stitch.KafkaFrameFetcher;
import io.longtake.stitch.StitchSettings;
import io.longtake.stitch.StitchTopology;
import io.longtake.worker.Models;
import io.longtake.worker.Worker;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Starts roles of one process.
 *
 * @param protocols of the groups that they join
 * @param partitions of the topics that a video crosses
 * @param models that videos can be ordered of
 * @param state where director and stitcher keep their stores
 * @param decoder of what they read
 */
record RoleStarter(
        KafkaConnection kafka,
        GroupProtocols protocols,
        Partitioning partitions,
        PlatformSettings settings,
        Catalogue models,
        Path state,
        RecordDecoder decoder) {

    /** Of this version. */
    RoleStarter(
            KafkaConnection kafka,
            GroupProtocols protocols,
            Partitioning partitions,
            PlatformSettings settings,
            Catalogue models,
            Path state) {
        this(kafka, protocols, partitions, settings, models, state, RecordDecoder.ours());
    }

    Role director() {
        AtomicReference<Workers> workers = new AtomicReference<>(Workers.UNKNOWN);
        StreamsRole streams = StreamsRole.start(
                DirectorTopology.APPLICATION_ID,
                () -> DirectorTopology.build(
                        models,
                        Lead.configured(),
                        partitions,
                        workers::get,
                        settings.meters(),
                        decoder,
                        takingUp(DirectorTopology.READER, DirectorTopology.READ)::begin),
                kafka,
                protocols,
                state);
        return new DirectorRole(streams, workers);
    }

    Role stitcher() {
        return StreamsRole.start(
                StitchTopology.APPLICATION_ID,
                () -> StitchTopology.build(
                        () -> new KafkaFrameFetcher(kafka, KafkaFrameFetcher.DEADLINE, decoder),
                        StitchSettings.DEFAULT,
                        settings.meters(),
                        decoder,
                        takingUp(StitchTopology.READER, StitchTopology.READ)::begin),
                kafka,
                protocols,
                state);
    }

    Role worker(WorkerSettings worker, Models models) {
        Worker played = Worker.start(worker.on(protocols.queue()), kafka, models, settings.meters(), decoder);
        takingUp(Worker.READER, worker.stages().stream().map(Topic::ofTasks).collect(Collectors.toSet()))
                .begin();
        return new WorkerRole(worker.name(), played);
    }

    private TakingUp takingUp(String reader, Set<Topic> topics) {
        return new TakingUp(kafka, reader, topics, decoder);
    }

    /** Of director and stitcher, if nobody else plays them. */
    List<Substitute<?>> substitutes() {
        return List.of(
                substitute(DirectorTopology.APPLICATION_ID, this::director),
                substitute(StitchTopology.APPLICATION_ID, this::stitcher));
    }

    /** Of the stages that no other worker takes. */
    Substitute<String> substituteWorker() {
        return new Substitute<>("worker", settings.stages(), RoleCall::stages, stages -> {
            WorkerSettings worker = new WorkerSettings(WorkerName.ofThisProcess(), stages, settings.slots());
            return worker(worker, settings.models(stages, 1));
        });
    }

    private static Substitute<String> substitute(String application, Supplier<Role> start) {
        return new Substitute<>(application, Set.of(application), RoleCall::applications, due -> start.get());
    }
}
