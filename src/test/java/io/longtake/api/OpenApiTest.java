package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code schemas/openapi.yaml} is what the classes say. */
@QuarkusTest
class OpenApiTest {

    private static final Path PUBLISHED = Path.of("schemas", "openapi.yaml");

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    @BeforeEach
    void open() {
        services = served.open(folder);
    }

    @Test
    void the_published_document_is_not_stale() throws IOException {
        String said = Http.text(Http.at(root.resolve("/").toString()).get("q/openapi?format=yaml"));
        if (Boolean.getBoolean("longtake.write-openapi")) {
            Files.writeString(PUBLISHED, said);
        }

        assertThat(Files.readString(PUBLISHED))
                .as("write it anew with mvn test -Dtest=OpenApiTest -Dlongtake.write-openapi=true")
                .isEqualTo(said);
    }
}
