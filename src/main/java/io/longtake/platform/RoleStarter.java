package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.director.Lead;
import io.longtake.event.KafkaConnection;
import io.longtake.event.RecordDecoder;
import io.longtake.event.StageName;
import io.longtake.stitch.KafkaFrameFetcher;
import io.longtake.stitch.StitchSettings;
import io.longtake.stitch.StitchTopology;
import io.longtake.worker.Models;
import io.longtake.worker.Worker;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Starts roles of one process.
 *
 * @param state where director and stitcher keep their stores
 * @param decoder of what they read
 */
record RoleStarter(KafkaConnection kafka, PlatformSettings settings, Path state, RecordDecoder decoder) {

    /** Of this version. */
    RoleStarter(KafkaConnection kafka, PlatformSettings settings, Path state) {
        this(kafka, settings, state, RecordDecoder.ours());
    }

    Role director() {
        return StreamsRole.start(
                DirectorTopology.APPLICATION_ID,
                DirectorTopology.build(
                        new InstalledModels(settings.models()),
                        Lead.configured(),
                        decoder,
                        takingUp(DirectorTopology.READER)::begin),
                kafka,
                state);
    }

    Role stitcher() {
        return StreamsRole.start(
                StitchTopology.APPLICATION_ID,
                StitchTopology.build(
                        () -> new KafkaFrameFetcher(kafka, KafkaFrameFetcher.DEADLINE, decoder),
                        StitchSettings.DEFAULT,
                        decoder,
                        takingUp(StitchTopology.READER)::begin),
                kafka,
                state);
    }

    Role worker(WorkerSettings worker, Models models) {
        Worker started = Worker.start(worker, kafka, models, Metrics.globalRegistry, decoder);
        takingUp(Worker.READER).begin();
        return new WorkerRole(worker.name(), started);
    }

    private TakingUp takingUp(String reader) {
        return new TakingUp(kafka, reader, decoder);
    }

    /** Of director and stitcher, if nobody else plays them. */
    List<Substitute<?>> substitutes() {
        return List.of(
                substitute(DirectorTopology.APPLICATION_ID, this::director),
                substitute(StitchTopology.APPLICATION_ID, this::stitcher));
    }

    /** Of the stages that no other worker takes. */
    Substitute<StageName> substituteWorker() {
        return new Substitute<>("worker", settings.stages(), RoleCall::stages, stages -> {
            WorkerSettings worker = new WorkerSettings(WorkerName.ofThisProcess(), stages);
            return worker(worker, settings.models(stages, 1));
        });
    }

    private static Substitute<String> substitute(String application, Supplier<Role> start) {
        return new Substitute<>(application, Set.of(application), RoleCall::applications, due -> start.get());
    }
}
