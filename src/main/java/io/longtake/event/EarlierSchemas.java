package io.longtake.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Schemas that records were written with before they grew, {@code schemas/earlier}: topics and stores still hold such records,
 * and they are read as today's. Each stands for itself, with the types that it uses.
 */
final class EarlierSchemas {

    private static final Map<String, List<String>> FILES =
            Map.of("VideoEvent", List.of("VideoEvent.1.avsc"), "DirectorState", List.of("DirectorState.1.avsc"));

    private EarlierSchemas() {}

    /** Those of a record; none if it never changed. */
    static Stream<Schema> of(String record) {
        return FILES.getOrDefault(record, List.of()).stream().map(EarlierSchemas::read);
    }

    private static Schema read(String file) {
        try (InputStream in = EarlierSchemas.class.getResourceAsStream("earlier/" + file)) {
            if (in == null) {
                throw new IllegalStateException("schema earlier/" + file + " is not in this program: build it again");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
