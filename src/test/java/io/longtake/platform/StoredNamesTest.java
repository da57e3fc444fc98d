package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.director.DirectorTopology;
import io.longtake.director.Lead;
import io.longtake.stitch.StitchSettings;
import io.longtake.stitch.StitchTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * What director and stitcher know is kept by Kafka under these names. A topology may change (decision 20), but what lies under a name
 * that is gone is forgotten, and the videos of a week would be made again.
 */
class StoredNamesTest {

    @Test
    void the_director_keeps_its_name_and_those_of_its_stores() {
        assertThat(DirectorTopology.APPLICATION_ID).isEqualTo("longtake-director");
        assertThat(stores(DirectorTopology.build(
                        new InstalledModels(RecordedPlatform.MODELS), Lead.DEFAULT, new SimpleMeterRegistry())))
                .contains("videos");
    }

    @Test
    void the_stitcher_keeps_its_name_and_those_of_its_stores() {
        assertThat(StitchTopology.APPLICATION_ID).isEqualTo("longtake-stitcher");
        assertThat(stores(StitchTopology.build(() -> null, StitchSettings.DEFAULT, new SimpleMeterRegistry())))
                .contains("films", "copies");
    }

    private static Set<String> stores(Topology topology) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Processor.class::isInstance)
                .flatMap(processor -> ((TopologyDescription.Processor) processor).stores().stream())
                .collect(Collectors.toSet());
    }
}
