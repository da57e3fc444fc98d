package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pdist} has made, unpacked as a user unpacks it. */
@Tag("archive")
class ArchiveIT {

    private static final Path ARCHIVE = Path.of(System.getProperty("longtake.archive", "target/no.tar.gz"));

    @TempDir
    private static Path workspace;

    private static Path unpacked;

    @BeforeAll
    static void unpack() throws Exception {
        Process tar = new ProcessBuilder("tar", "-xzf", ARCHIVE.toString(), "-C", workspace.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (var folders = Files.list(workspace)) {
            List<Path> found = folders.toList();
            assertThat(found).hasSize(1);
            unpacked = found.get(0);
        }
    }

    /** Neither Maven nor a compiler nor a clone: the path has what every system has, and Java is told by its home. */
    @Test
    void it_makes_a_video_with_a_java_alone() throws Exception {
        Path video = workspace.resolve("video.mp4");
        Command longtake = new Command(workspace, Map.of("PATH", "/usr/bin:/bin", "HOME", workspace.toString()))
                .of(unpacked.resolve("longtake"));

        Command.Outcome outcome =
                longtake.run("generate", "an empty road in fog", "--seconds", "2", "-o", video.toString());

        assertThat(outcome.status()).describedAs(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain("building");
        assertThat(video).isNotEmptyFile();
    }

    @Test
    void its_name_has_the_version_that_it_tells() throws Exception {
        String version = new Command(workspace)
                .of(unpacked.resolve("longtake"))
                .run("--version")
                .out();

        assertThat(unpacked.getFileName().toString()).startsWith("longtake-");
        assertThat(version).contains(unpacked.getFileName().toString().substring("longtake-".length()));
    }

    @Test
    void its_sum_is_that_of_the_file() throws Exception {
        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", ARCHIVE.getFileName() + ".sha256")
                .directory(ARCHIVE.toAbsolutePath().getParent().toFile())
                .inheritIO()
                .start();

        assertThat(check.waitFor()).isZero();
    }

    @Test
    void the_list_of_its_parts_names_every_library() throws IOException {
        JsonNode parts = new ObjectMapper()
                .readTree(unpacked.resolve("sbom.cdx.json").toFile())
                .path("components");
        List<String> named = StreamSupport.stream(parts.spliterator(), false)
                .map(part ->
                        part.path("group").asText() + "." + part.path("name").asText() + "-"
                                + part.path("version").asText())
                .toList();

        try (var jars = Files.list(unpacked.resolve("app/lib/main"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(named).anyMatch(jar::startsWith));
        }
    }
}
