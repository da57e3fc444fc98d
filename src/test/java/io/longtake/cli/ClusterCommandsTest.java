package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.cluster.Manifests;
import io.longtake.model.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ParseResult;

/** The command lines in {@code docker/} and {@code k8s/} are ones that the launcher understands. */
class ClusterCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("^CMD (\\[.*])$", Pattern.MULTILINE);

    static Stream<String> overlays() {
        return Manifests.overlays();
    }

    private static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void check(List<String> command) {
        ParseResult parsed =
                Main.commandLine().parseArgs(command.toArray(String[]::new)).subcommand();
        assertThat(parsed).as(command.toString()).isNotNull();
        if (parsed.hasMatchedOption("--stages")) {
            List<String> stages = parsed.matchedOptionValue("--stages", List.of());
            assertThat(ModelRepository.standard().stages()).containsAll(stages);
        }
        if (parsed.hasMatchedOption("--roles")) {
            List<String> roles = parsed.matchedOptionValue("--roles", List.of());
            assertThat(RolesOption.ServerRole.all().map(RolesOption.ServerRole::toString))
                    .containsAll(roles);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void those_of_the_pods(String overlay) {
        assertThat(Manifests.of(overlay).containers())
                .isNotEmpty()
                .allSatisfy(container -> check(words(container.path("args"))));
    }

    @Test
    void those_of_the_images() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (String json : COMMAND.matcher(Files.readString(Path.of("docker/Dockerfile")))
                .results()
                .map(found -> found.group(1))
                .toList()) {
            commands.add(words(new ObjectMapper().readTree(json)));
        }

        assertThat(commands).hasSize(5).allSatisfy(ClusterCommandsTest::check);
    }

    @Test
    void those_of_the_compose_file() throws IOException {
        JsonNode services = new ObjectMapper()
                .<JsonNode>valueToTree(new Yaml().load(Files.readString(Path.of("docker/compose.yaml"))))
                .path("services");
        List<List<String>> commands = StreamSupport.stream(services.spliterator(), false)
                .filter(service -> service.path("image").asText().startsWith("longtake/"))
                .map(service -> words(service.path("command")))
                .toList();

        assertThat(commands).hasSizeGreaterThan(2).allSatisfy(ClusterCommandsTest::check);
    }

    /** Before anything is started for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --roles king --bootstrap-servers localhost:1",
                "up --roles server --bootstrap-servers=",
                "worker --drain -1",
                "worker --drain 3601",
                "worker --until-idle 0"
            })
    void roles_and_times_that_cannot_be_are_refused(String command) {
        assertThat(Main.commandLine().execute(command.split(" "))).isEqualTo(2);
    }
}
