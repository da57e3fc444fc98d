package io.longtake.bench.steps;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Rows on disk, complete after each one: a run cut short loses the row it was at. */
public final class StepRows {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final List<StepRow> rows;

    /** @param file null: rows are kept nowhere */
    public StepRows(Path file) {
        this.file = file;
        this.rows = file != null && Files.exists(file) ? read(file) : new ArrayList<>();
    }

    /** Whether the row of this name has times already. */
    boolean has(StepRow named) {
        return rows.stream()
                .anyMatch(row -> row.failed() == null
                        && StepRow.of(row.device(), row.model(), row.stage(), row.engine(), row.batch(), row.graphs())
                                .equals(named));
    }

    void add(StepRow row) {
        rows.add(row);
        if (file == null) {
            return;
        }
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            JSON.writeValue(fresh.toFile(), rows);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static List<StepRow> read(Path file) {
        try {
            return new ArrayList<>(JSON.readValue(file.toFile(), new TypeReference<List<StepRow>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " holds no rows of this command: name another file", e);
        }
    }
}
