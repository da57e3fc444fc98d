package io.longtake.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Schemas that records were written with before they grew, {@code schemas/earlier}: topics and stores still hold such records,
 * and they are read as today's. Each stands for itself, with the types that it uses.
 *
 * <p>A field that was added is a matter of Avro's resolution. What it cannot do, such as moving a field into a nested record, has a
 * function in {@link Upgrades}.
 */
final class EarlierSchemas {

    /** By file; those that are not here need nothing beyond Avro's resolution. */
    private static final Map<String, Upgraded> UPGRADES = Map.of(
            "PromptEvent.1", new Upgraded("PromptEvent.1", Upgrades::promptEvent),
            "StageTask.1", new Upgraded("StageTask.1", Upgrades::stageTask),
            "StageResult.1", new Upgraded("StageResult.1", Upgrades::stageResult),
            "VideoEvent.1", new Upgraded("VideoEvent.2", Upgrades::videoEvent),
            "VideoEvent.2", new Upgraded("VideoEvent.2", Upgrades::videoEvent),
            "DirectorState.1", new Upgraded("DirectorState.2", Upgrades::directorState),
            "DirectorState.2", new Upgraded("DirectorState.2", Upgrades::directorState));

    /** Names that records had. */
    private static final Map<String, List<String>> NAMES = Map.of("FragmentChunk", List.of("FilmFragment"));

    private EarlierSchemas() {}

    /** From a record of an earlier schema to one of today's. */
    interface Upgrade {
        GenericRecord of(GenericRecord earlier, Schema today);
    }

    /**
     * A schema of before.
     *
     * @param written what the bytes were written with
     * @param resolved what Avro reads them as; the upgrade begins there
     * @param upgrade null: they are read as today's schema without one
     */
    record Earlier(Schema written, Schema resolved, Upgrade upgrade) {}

    /** @param resolved file of the schema that Avro reads them as */
    private record Upgraded(String resolved, Upgrade upgrade) {}

    /** Those of a record, NAME.1.avsc and on; none if it never changed. */
    static Stream<Earlier> of(String record) {
        return Stream.concat(NAMES.getOrDefault(record, List.of()).stream(), Stream.of(record))
                .flatMap(name -> IntStream.iterate(1, n -> n + 1)
                        .mapToObj(n -> name + "." + n)
                        .takeWhile(file -> EarlierSchemas.class.getResource(resource(file)) != null))
                .map(EarlierSchemas::earlier);
    }

    private static Earlier earlier(String file) {
        Upgraded upgraded = UPGRADES.getOrDefault(file, new Upgraded(file, null));
        return new Earlier(read(file), read(upgraded.resolved()), upgraded.upgrade());
    }

    private static String resource(String file) {
        return "earlier/" + file + ".avsc";
    }

    private static Schema read(String file) {
        try (InputStream in = EarlierSchemas.class.getResourceAsStream(resource(file))) {
            if (in == null) {
                throw new IllegalStateException("schema " + resource(file) + " is not in this program: build it again");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
