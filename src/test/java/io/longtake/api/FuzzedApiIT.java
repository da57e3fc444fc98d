package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.ForeignProgram;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document for machines and the server agree, as far as a fuzzer over the one finds out about the other. */
@QuarkusTest
class FuzzedApiIT {

    private static final String PYTHON = ForeignProgram.PYTHON;

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
        services.makeAtOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_document_promises_nothing_that_the_server_does_not_keep(int seed) throws Exception {
        ForeignProgram.require(PYTHON + " with schemathesis", PYTHON, "-c", "import schemathesis");
        String base = "http://localhost:" + root.getPort();

        Process fuzzer = new ProcessBuilder(
                        PYTHON,
                        "-m",
                        "schemathesis.cli",
                        "--config-file",
                        Path.of(".ci", "schemathesis.toml").toAbsolutePath().toString(),
                        "--no-color",
                        "run",
                        base + "/q/openapi",
                        "--url",
                        base,
                        "--checks",
                        "all",
                        "--seed",
                        Integer.toString(seed),
                        "--max-examples",
                        "30",
                        "--continue-on-failure")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(fuzzer.waitFor()).as(said).isZero();
    }
}
