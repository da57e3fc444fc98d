package io.longtake.platform;

import io.longtake.director.Catalogue;
import io.longtake.event.Outgoing;
import io.longtake.event.PublishedModel;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.Wire;
import io.longtake.meter.OddRecords;
import io.longtake.model.ManifestFile;
import io.longtake.model.StoredModel;
import io.longtake.model.Version;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The models that {@code longtake.models} tells of, as far as it was read. For many threads. */
final class PublishedModels implements Catalogue {

    /** The newest version; if two models have the same one, the one that was published last. */
    private static final Comparator<Told> BY_AGE = Comparator.<Told, Version>comparing(
                    told -> new Version(told.entry().manifest().version()))
            .thenComparing(Told::at)
            .thenComparing(told -> told.entry().digest());

    /** No platform has so many; whoever may write to the topic must not fill the memory of all who read it. */
    static final int MAX_MODELS = 1000;

    private final Map<String, Told> told = new HashMap<>();
    private final OddRecords odd;

    /** A model, and the time of the record that tells of it. */
    private record Told(Entry entry, long at) {}

    /** @param odd counts what is no model */
    PublishedModels(OddRecords odd) {
        this.odd = odd;
    }

    /** The record of a model; the key names it, so the same model again replaces its record. */
    static ProducerRecord<String, byte[]> record(StoredModel model) {
        PublishedModel told = new PublishedModel(
                model.manifest().name(),
                model.manifest().version(),
                model.digest(),
                ByteBuffer.wrap(ManifestFile.bytes(model)));
        return Outgoing.of(Topic.MODELS, key(new Entry(model.manifest(), model.digest())), told)
                .toProduce();
    }

    private static String key(Entry entry) {
        return entry.manifest().name() + "/" + entry.manifest().version() + "/" + entry.digest();
    }

    /** Reads a record; one that is no model, or one of a later Longtake, is passed over. */
    synchronized void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            told.remove(record.key());
            return;
        }
        try {
            Entry entry = entry(Wire.decode(record.value(), PublishedModel.class));
            if (!key(entry).equals(record.key())) {
                throw new UnreadableRecordException("its key is not that of model " + key(entry));
            }
            if (told.size() == MAX_MODELS && !told.containsKey(record.key())) {
                throw new UnreadableRecordException("there are " + MAX_MODELS + " models, the limit");
            }
            told.put(record.key(), new Told(entry, record.timestamp()));
        } catch (RuntimeException e) { // whatever anybody wrote there
            odd.skipped(record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private static Entry entry(PublishedModel model) {
        byte[] json = new byte[model.getManifest().remaining()];
        model.getManifest().duplicate().get(json);
        ManifestFile file = ManifestFile.of(json);
        if (!file.digest().equals(model.getDigest())) {
            throw new UnreadableRecordException("digest " + model.getDigest() + " is not that of its manifest");
        }
        return new Entry(file.manifest(), file.digest());
    }

    synchronized boolean isEmpty() {
        return told.isEmpty();
    }

    @Override
    public synchronized Optional<Entry> find(String model) {
        return told.values().stream()
                .filter(one -> one.entry().manifest().name().equals(model))
                .max(BY_AGE)
                .map(Told::entry);
    }

    @Override
    public synchronized Optional<Entry> find(String model, String digest) {
        return told.values().stream()
                .map(Told::entry)
                .filter(entry ->
                        entry.manifest().name().equals(model) && entry.digest().equals(digest))
                .findFirst();
    }

    @Override
    public synchronized SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        told.values().forEach(one -> names.add(one.entry().manifest().name()));
        return names;
    }
}
