package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.FreePort;
import io.longtake.broker.KRaftNode;
import io.longtake.event.KafkaConnection;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process one of whose roles can do its work no longer says so, by health, log and exit status. What takes a role's work away
 * is a right that Kafka's administrator revokes.
 */
@Timeout(600)
class FailedRolesIT {

    private static final String LIVE = "/q/health/live";

    @TempDir
    private static Path broker;

    @TempDir
    private Path workspace;

    private static KRaftNode node;

    private Commands commands;

    @BeforeAll
    static void startKafka() throws Exception {
        node = KRaftNode.start(broker, 0, withAuthorizer());
    }

    @AfterAll
    static void stopKafka() {
        node.close();
    }

    @BeforeEach
    void prepare() {
        commands = new Commands(workspace);
    }

    @AfterEach
    void stop() {
        commands.close();
    }

    @ParameterizedTest
    @CsvSource({
        "up,     TOPIC, longtake.results,  longtake-director has stopped",
        "up,     TOPIC, longtake.frames,   longtake-stitcher has stopped",
        "up,     TOPIC, longtake.segments, librarian",
        "worker, TOPIC, longtake.videos,   worker",
        "worker, GROUP, longtake-workers-decode, worker",
    })
    void a_role_that_lost_its_rights_ends_its_process_and_says_why(
            String command, ResourceType kind, String resource, String reason) throws Exception {
        int port = FreePort.find();
        Commands.Running process = commands.serve(
                "process",
                command,
                "--bootstrap-servers",
                node.bootstrapServers(),
                "--data-dir",
                workspace.resolve("data").toString(),
                "--port",
                Integer.toString(port),
                "--stages",
                "decode");
        commands.await("it is ready", () -> commands.isReady(port));
        assertThat(commands.get(port, LIVE).orElseThrow().statusCode()).isEqualTo(200);

        AclBinding revoked = revoke(KafkaConnection.to(node.bootstrapServers()), kind, resource);
        try {
            assertThat(lastWords(process, port))
                    .contains("DOWN")
                    .contains(reason)
                    .contains(resource);
            assertThat(process.status()).isEqualTo(1);
        } finally {
            giveBack(KafkaConnection.to(node.bootstrapServers()), revoked);
        }
        assertThat(Files.readString(process.err())).contains(reason).contains(resource);
        assertThat(Files.readString(workspace.resolve("data/logs/longtake.log")))
                .contains("this process ends: ")
                .contains(reason);
    }

    @Test
    void a_kafka_that_does_not_start_again_ends_its_process_which_says_why() throws Exception {
        int port = FreePort.find();
        Path data = workspace.resolve("data");
        Commands.Running up = commands.serve(
                "up", "up", "--data-dir", data.toString(), "--port", Integer.toString(port), "--stages", "keyframes");
        commands.await("it is ready", () -> commands.isReady(port));
        Files.move(data.resolve("kafka/log"), workspace.resolve("elsewhere"));
        Files.writeString(data.resolve("kafka/log"), "a file where the broker wants a folder");

        up.broker().orElseThrow().destroyForcibly();

        assertThat(lastWords(up, port)).contains("DOWN").contains("the embedded Kafka does not start again");
        assertThat(up.status()).isEqualTo(1);
        assertThat(Files.readString(up.err())).contains("the embedded Kafka does not start again");
        assertThat(Files.readString(data.resolve("logs/longtake.log"))).contains("this process ends: ");
    }

    /** What it says of its health while it is failing: before that it is well, after that nobody answers. */
    private String lastWords(Commands.Running process, int port) throws Exception {
        StringBuilder words = new StringBuilder();
        commands.await("health says what is wrong", () -> {
            Optional<HttpResponse<String>> answer = commands.get(port, LIVE);
            assertThat(answer.isPresent() || process.process().isAlive())
                    .as("it ended without a word: " + process.said())
                    .isTrue();
            answer.filter(some -> some.statusCode() == 503).ifPresent(some -> words.append(some.body()));
            return !words.isEmpty();
        });
        return words.toString();
    }

    private static Map<String, String> withAuthorizer() {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true");
    }

    private static AclBinding revoke(KafkaConnection kafka, ResourceType kind, String resource) throws Exception {
        AclBinding revoked = new AclBinding(
                new ResourcePattern(kind, resource, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.DENY));
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.createAcls(List.of(revoked)).all().get();
        }
        return revoked;
    }

    private static void giveBack(KafkaConnection kafka, AclBinding revoked) throws Exception {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.deleteAcls(List.of(revoked.toFilter())).all().get();
        }
    }
}
