package io.longtake.bench.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Reports as JSON: always a list, even of one. */
public record ReportFile(Path path) {

    /** What can be computed of a figure's values is in the file, and not read. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Replaces what is in the file; whoever reads it meanwhile sees the old or the new. */
    public void write(List<Report> reports) {
        try {
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            JSON.writeValue(fresh.toFile(), reports);
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    public List<Report> read() {
        try {
            return JSON.readValue(path.toFile(), new TypeReference<List<Report>>() {});
        } catch (JacksonException e) {
            throw new UncheckedIOException(path + " holds no reports of bench: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
