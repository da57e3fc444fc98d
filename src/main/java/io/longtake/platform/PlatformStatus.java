package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelRepository;
import io.longtake.stitch.StitchTopology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who is at work on a platform now, as Kafka knows it: a process that was killed is forgotten after seconds.
 *
 * @param director whether one is at work
 * @param stitcher whether one is at work
 * @param workers names of those that take the tasks of each stage
 * @param models that videos can be ordered of
 */
public record PlatformStatus(
        String kafka,
        boolean director,
        boolean stitcher,
        SortedMap<String, SortedSet<String>> workers,
        SortedSet<String> models) {

    /**
     * Asks Kafka.
     *
     * @param installed whose stages are looked for beside those of the models that were published
     * @throws org.apache.kafka.common.KafkaException if it does not answer
     */
    public static PlatformStatus read(KafkaConnection kafka, ModelRepository installed) {
        PlatformModels models = PlatformModels.read(kafka, installed, false);
        Collection<String> stages = new TreeSet<>(installed.stages());
        models.names().forEach(name -> models.find(name)
                .ifPresent(entry -> stages.addAll(entry.manifest().pipeline().names())));
        GroupProtocols protocols = GroupProtocols.of(kafka, QueueSetting.configured());
        try (Groups groups = Groups.of(kafka, protocols, new TreeSet<>(stages))) {
            RoleCall present = RoleCall.of(groups);
            return new PlatformStatus(
                    kafka.bootstrapServers(),
                    present.applications().contains(DirectorTopology.APPLICATION_ID),
                    present.applications().contains(StitchTopology.APPLICATION_ID),
                    sorted(present),
                    models.names());
        }
    }

    private static SortedMap<String, SortedSet<String>> sorted(RoleCall present) {
        return present.takers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, stage -> new TreeSet<>(stage.getValue()), (a, b) -> a, TreeMap::new));
    }

    /** What nobody does, so that no video can be finished; empty if all is well. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!director) {
            missing.add("director");
        }
        if (!stitcher) {
            missing.add("stitcher");
        }
        workers.forEach((stage, names) -> {
            if (names.isEmpty()) {
                missing.add("worker for " + stage);
            }
        });
        return missing;
    }
}
