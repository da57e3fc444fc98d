package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.director.Lead;
import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueSetting;
import io.longtake.model.ToyModel;
import io.longtake.stitch.KafkaFrameFetcher;
import io.longtake.stitch.StitchSettings;
import io.longtake.stitch.StitchTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.state.Stores;

/**
 * Director and stitcher of one process, of this version or of one whose topologies differ: they have one store more.
 *
 * <p>As a process of its own it runs until it is killed: bootstrap servers, directory.
 */
record Pod(List<StreamsRole> roles, RoleWatch watch) implements AutoCloseable {

    /** The store that only the other version has. */
    static final String STORE = "novelty";

    static Pod today(KafkaConnection kafka, Path state) {
        return start(kafka, state, false);
    }

    static Pod changed(KafkaConnection kafka, Path state) {
        return start(kafka, state, true);
    }

    private static Pod start(KafkaConnection kafka, Path state, boolean changed) {
        GroupProtocols protocols = GroupProtocols.of(kafka, QueueSetting.AUTO);
        List<StreamsRole> roles = List.of(
                StreamsRole.start(DirectorTopology.APPLICATION_ID, () -> director(changed), kafka, protocols, state),
                StreamsRole.start(
                        StitchTopology.APPLICATION_ID, () -> stitcher(kafka, changed), kafka, protocols, state));
        return new Pod(roles, RoleWatch.start(kafka, protocols, ToyModel.STAGES, List.copyOf(roles)));
    }

    private static Topology director(boolean changed) {
        Topology director = DirectorTopology.build(
                new InstalledModels(RecordedPlatform.MODELS), Lead.configured(), new SimpleMeterRegistry());
        return changed ? withStore(director) : director;
    }

    private static Topology stitcher(KafkaConnection kafka, boolean changed) {
        Topology stitcher = StitchTopology.build(
                () -> new KafkaFrameFetcher(kafka, KafkaFrameFetcher.DEADLINE),
                StitchSettings.DEFAULT,
                new SimpleMeterRegistry());
        return changed ? withStore(stitcher) : stitcher;
    }

    private static Topology withStore(Topology topology) {
        String[] processors = topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Processor.class::isInstance)
                .map(TopologyDescription.Node::name)
                .toArray(String[]::new);
        return topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray()),
                processors);
    }

    boolean ready() {
        return roles.stream().allMatch(StreamsRole::ready);
    }

    /** Whether it only waits for the other version to leave. */
    boolean standsBy() {
        return roles.stream().allMatch(role -> role.name().endsWith("of another version in another process"));
    }

    Set<String> failures() {
        return roles.stream().flatMap(role -> role.failure().stream()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        watch.close();
        roles.forEach(StreamsRole::close);
    }

    public static void main(String[] args) throws InterruptedException {
        try (Pod pod = today(KafkaConnection.to(args[0]), Path.of(args[1]))) {
            Thread.currentThread().join();
        }
    }
}
