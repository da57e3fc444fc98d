package io.longtake.platform;

import io.longtake.director.Catalogue;
import io.longtake.event.KafkaConnection;
import io.longtake.meter.OddRecords;
import io.longtake.model.ModelRepository;
import io.longtake.model.Version;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The models that videos of a platform can be ordered of: those that its workers have published, and those that this process
 * runs itself. A platform of an earlier version publishes none; then the models on this machine's disk have to do.
 */
public final class PlatformModels implements Catalogue {

    private static final Comparator<Entry> BY_VERSION =
            Comparator.comparing(entry -> new Version(entry.manifest().version()));

    private final Supplier<PublishedModels> published;
    private final Catalogue installed;
    private final boolean runs;

    /**
     * @param published as they are known now
     * @param installed on this machine's disk
     * @param runs whether this process runs these
     */
    PlatformModels(Supplier<PublishedModels> published, Catalogue installed, boolean runs) {
        this.published = published;
        this.installed = installed;
        this.runs = runs;
    }

    /**
     * Those of a platform as they are now.
     *
     * @param installed on this machine's disk
     * @param runs whether this process is going to run these for the platform
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer, or refuses
     */
    public static PlatformModels read(KafkaConnection kafka, ModelRepository installed, boolean runs) {
        PublishedModels published = new PublishedModels(new OddRecords("catalogue", new CompositeMeterRegistry()));
        try (ModelsReader reader = new ModelsReader(kafka, published)) {
            reader.catchUp();
        }
        return new PlatformModels(() -> published, new InstalledModels(installed), runs);
    }

    /** Of several with the newest version, that of the platform. */
    @Override
    public Optional<Entry> find(String model) {
        return catalogues()
                .flatMap(known -> known.find(model).stream())
                .reduce((one, other) -> BY_VERSION.compare(other, one) > 0 ? other : one);
    }

    @Override
    public Optional<Entry> find(String model, String digest) {
        // whatever is ordered now: a video that began with a model of this disk goes on with it
        return Stream.of(published.get(), installed)
                .flatMap(known -> known.find(model, digest).stream())
                .findFirst();
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        catalogues().forEach(known -> names.addAll(known.names()));
        return names;
    }

    private Stream<Catalogue> catalogues() {
        PublishedModels now = published.get();
        return runs || now.isEmpty() ? Stream.of(now, installed) : Stream.of(now);
    }
}
