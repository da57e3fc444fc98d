package io.longtake.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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

    /** Nothing beyond Avro's resolution. */
    private static final Upgrade RESOLVED = null;

    private static final Map<String, List<File>> FILES = Map.of(
            "PromptEvent", List.of(new File("PromptEvent.1", Upgrades::promptEvent)),
            "StageTask", List.of(new File("StageTask.1", Upgrades::stageTask)),
            "StageResult", List.of(new File("StageResult.1", Upgrades::stageResult)),
            "VideoEvent",
                    List.of(
                            new File("VideoEvent.1", "VideoEvent.2", Upgrades::videoEvent),
                            new File("VideoEvent.2", Upgrades::videoEvent)),
            "DirectorState",
                    List.of(
                            new File("DirectorState.1", "DirectorState.2", Upgrades::directorState),
                            new File("DirectorState.2", Upgrades::directorState)),
            "FragmentChunk", List.of(new File("FilmFragment.1", RESOLVED)));

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

    private record File(String name, String resolved, Upgrade upgrade) {
        File(String name, Upgrade upgrade) {
            this(name, name, upgrade);
        }
    }

    /** Those of a record; none if it never changed. */
    static Stream<Earlier> of(String record) {
        return FILES.getOrDefault(record, List.of()).stream()
                .map(file -> new Earlier(read(file.name()), read(file.resolved()), file.upgrade()));
    }

    private static Schema read(String file) {
        try (InputStream in = EarlierSchemas.class.getResourceAsStream("earlier/" + file + ".avsc")) {
            if (in == null) {
                throw new IllegalStateException(
                        "schema earlier/" + file + ".avsc is not in this program: build it again");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
