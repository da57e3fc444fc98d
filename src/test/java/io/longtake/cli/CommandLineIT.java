package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as processes, as a user or a script meets them. */
class CommandLineIT {

    private static final Pattern SHA_256 = Pattern.compile("sha256 ([0-9a-f]{64})");

    /** As other people have it: another collector and other digits, no UTF-8, a path for cd. */
    private static final Map<String, String> OTHER_SHELL = Map.of(
            "JAVA_TOOL_OPTIONS", "-XX:+UseG1GC -Duser.language=fa -Duser.country=IR", "LC_ALL", "C", "CDPATH", "/:.");

    @TempDir
    private Path workspace;

    private Command longtake;

    @BeforeEach
    void prepare() {
        longtake = new Command(workspace);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --seconds    | 0          | --seconds 0 is outside
            --seconds    | 1000000000 | .. 3600
            --seconds    | soon       | --seconds
            --guidance   | NaN        | --guidance NaN
            --steps      | 0          | --steps 0 is outside 1 ..
            --model      | giant      | --model giant is unknown: expected one of
            --codec      | vhs        | --codec "vhs" is not one of
            --seed       | odd        | --seed
            --engine     | abacus     | --engine abacus is unknown: expected one of
            --bootstrap-servers | somewhere | --bootstrap-servers somewhere is not HOST:PORT
            """)
    void a_mistake_exits_2_with_one_line_that_names_it(String option, String value, String complaint) throws Exception {
        Command.Outcome outcome = longtake.run(
                "generate", "a drive", "-o", workspace.resolve("video.mp4").toString(), option, value);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(complaint);
        assertThat(outcome.out()).isEmpty();
        assertThat(workspace.resolve("video.mp4")).doesNotExist();
    }

    @Test
    void a_prompt_of_a_megabyte_exits_2_with_one_short_line() throws Exception {
        Command.Outcome outcome = longtake.run(
                "generate",
                "x".repeat(100_000),
                "-o",
                workspace.resolve("video.mp4").toString());

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .contains("PROMPT has 100000 characters, the limit is 1000")
                .hasSizeLessThan(400);
    }

    @Test
    void an_output_that_cannot_be_exits_2_before_anything_starts() throws Exception {
        Command.Outcome nowhere = longtake.run("generate", "a drive", "-o", "/no/such/folder/video.mp4");
        Command.Outcome wrongName = longtake.run(
                "generate",
                "a drive",
                "--codec",
                "ffv1",
                "-o",
                workspace.resolve("video.mp4").toString());

        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.err()).contains("--output").contains("there is no directory");
        assertThat(wrongName.status()).isEqualTo(2);
        assertThat(wrongName.err()).contains("must end in .mkv");
    }

    @Test
    void a_clone_in_a_folder_with_a_plus_runs() throws Exception {
        Path clone =
                Files.createSymbolicLink(workspace.resolve("c++"), Path.of("").toAbsolutePath());

        Command.Outcome outcome =
                longtake.of(clone.resolve("longtake")).run("generate", "x", "-o", "x.mp4", "--model", "y");

        assertThat(outcome.err()).contains("--model y is unknown: expected one of [drive");
    }

    @Test
    void a_kafka_that_the_environment_names_wrongly_is_told_with_its_variable() throws Exception {
        Command.Outcome outcome = new Command(workspace, Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka")).run("list");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("KAFKA_BOOTSTRAP_SERVERS kafka is not HOST:PORT")
                .doesNotContain("--boot");
    }

    @Test
    void help_tells_every_command() throws Exception {
        Command.Outcome outcome = longtake.run("--help");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("generate", "up", "worker", "prompt", "subscribe", "cancel", "bench");
    }

    @Test
    void a_kafka_that_does_not_answer_exits_1_quickly() throws Exception {
        Command.Outcome outcome = longtake.run(
                "prompt", "a drive", "--bootstrap-servers", "127.0.0.1:1", "--data-dir", workspace.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("no Kafka answers at 127.0.0.1:1");
    }

    @Test
    void a_video_made_alone_and_one_made_by_a_platform_with_two_more_workers_are_the_same() throws Exception {
        String alone = generate(
                new Command(workspace, OTHER_SHELL),
                "Nächte.mp4",
                "--data-dir",
                workspace.resolve("alone").toString());
        String data = workspace.resolve("data").toString();
        int port = FreePort.find();
        List<Process> running = new ArrayList<>();
        try {
            Command elsewhere = new Command(workspace, OTHER_SHELL);
            running.add(startAndAwait(
                    elsewhere, "up", "Ctrl-C", "up", "--data-dir", data, "--port", Integer.toString(port)));
            running.add(startAndAwait(
                    longtake, "one", "Ctrl-C", "worker", "--stages", "keyframes,decode", "--data-dir", data));
            running.add(startAndAwait(longtake, "two", "Ctrl-C", "worker", "--data-dir", data));
            awaitReady(running.get(0), port);

            String together = generate(longtake, "together.mp4", "--data-dir", data);

            assertThat(together).isEqualTo(alone);
            the_commands_tell_of_it(data);
            an_unknown_video_is_named_by_every_command(data);
            a_port_that_is_taken_is_named(port);
            assertThat(running).allMatch(Process::isAlive);
        } finally {
            for (int i = running.size() - 1; i >= 0; i--) {
                running.get(i).destroy();
                running.get(i).waitFor();
            }
        }
        assertThat(Path.of(data, "kafka.address"))
                .as("told to stop, up takes its address back")
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "up"})
    void what_is_killed_leaves_logs_in_one_folder_and_nothing_in_the_temporary_one(String name) throws Exception {
        Path temporary = Files.createDirectory(workspace.resolve("temporary"));
        String data = workspace.resolve("data").toString();
        try (Commands commands =
                new Commands(workspace, Map.of("LONGTAKE_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary))) {
            Commands.Running killed;
            if (name.equals("up")) {
                int port = FreePort.find();
                killed = commands.serve("up", "up", "--data-dir", data, "--port", Integer.toString(port));
                commands.await("it is ready", () -> commands.isReady(port));
                commands.get(port, "/page/main.js"); // which is unpacked to be served
            } else {
                killed = commands.start(
                        "generate", "generate", "x", "--seconds", "60", "-o", workspace + "/x.mp4", "--data-dir", data);
                Command.awaitText(killed.process(), killed.err(), "stitched");
            }
            assertThat(nativesOf(killed.process()))
                    .as("unpacked once, by the build")
                    .anyMatch(library -> library.startsWith("libonnxruntime."))
                    .anyMatch(library -> library.startsWith("librocksdbjni-"));
            Path logs = Path.of(data, "logs");
            assertThat(killed.said()).contains("logs in " + logs);
            try (Stream<Path> everywhere = Files.walk(Path.of(data), 2)) {
                assertThat(everywhere.filter(file -> file.toString().endsWith(".log")))
                        .containsExactlyInAnyOrder(logs.resolve("longtake.log"), logs.resolve("kafka.log"));
            }
            ProcessHandle kafka = killed.broker().orElseThrow();

            killed.kill();

            kafka.onExit().join();
            try (Stream<Path> left = Files.walk(temporary)) {
                assertThat(left).containsExactly(temporary);
            }
        }
    }

    /** Names of the libraries that it has mapped from where the build has put them. */
    private static List<String> nativesOf(Process process) throws IOException {
        String folder = Path.of("target/quarkus-app/natives").toAbsolutePath() + "/";
        try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(process.pid()), "maps"))) {
            return maps.filter(line -> line.contains(folder))
                    .map(line -> line.substring(line.indexOf(folder) + folder.length()))
                    .distinct()
                    .toList();
        }
    }

    private void the_commands_tell_of_it(String data) throws Exception {
        String list = longtake.run("list", "--data-dir", data).out();
        assertThat(list)
                .as("nobody's prompt begins a line of its own, or tells the terminal what to do")
                .contains("finished", "60/60", "München \\u001B[7mby the sea")
                .hasLineCount(2);
        String id = list.lines().skip(1).findFirst().orElseThrow().split(" ")[0];

        assertThat(longtake.run("show", id, "--data-dir", data).out())
                .contains("state    finished", "keyframes", "upsample", "worker-");
        assertThat(longtake.run("show", id, "--json", "--data-dir", data).out())
                .contains("\"video_id\":\"" + id + "\"", "\"segments_by_worker\":{\"worker-")
                .hasLineCount(1);
        Command.Outcome status = longtake.run("status", "--data-dir", data);
        assertThat(status.status()).isZero();
        assertThat(status.out()).contains("director  at work", "drive", "1 finished");
        assertThat(longtake.run("subscribe", id, "-o", workspace + "/video.mkv", "--data-dir", data)
                        .err())
                .contains("must end in .mp4");
        assertThat(longtake.run("cancel", id, "--data-dir", data).err()).contains("has ended already");
    }

    private void an_unknown_video_is_named_by_every_command(String data) throws Exception {
        String id = "11111111-2222-4333-8444-555555555555";
        for (List<String> command : List.of(
                List.of("cancel", id), List.of("show", id), List.of("subscribe", id, "-o", workspace + "/video.mp4"))) {
            List<String> args = new ArrayList<>(command);
            args.addAll(List.of("--data-dir", data));
            Command.Outcome outcome = longtake.run(args.toArray(String[]::new));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err()).contains("there is no video " + id).hasLineCount(1);
        }
    }

    private void a_port_that_is_taken_is_named(int port) throws Exception {
        Command.Outcome outcome = longtake.run(
                "up",
                "--port",
                Integer.toString(port),
                "--data-dir",
                workspace.resolve("other").toString());
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("longtake up: --port " + port
                        + " of --host localhost cannot be listened on: another program does, so name another port");
    }

    private String generate(Command command, String file, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "generate",
                "a drive at night in heavy traffic in München\n\u001b[7mby the sea",
                "--seconds",
                "2.5",
                "--seed",
                "7",
                "-o",
                workspace.resolve(file).toString()));
        args.addAll(List.of(more));
        Command.Outcome outcome = command.run(args.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(file + " 60 frames");
        assertThat(outcome.err()).contains("does not know, and passes over: münchen, 7mby, sea");
        Matcher sha = SHA_256.matcher(outcome.out());
        assertThat(sha.find()).isTrue();
        assertThat(Files.size(workspace.resolve(file))).isPositive();
        return sha.group(1);
    }

    private Process startAndAwait(Command command, String name, String text, String... args) throws Exception {
        Path err = workspace.resolve(name + ".err");
        Process process = command.start(workspace.resolve(name + ".out"), err, args);
        Command.awaitText(process, err, text);
        return process;
    }

    private static void awaitReady(Process up, int port) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/health/ready"))
                .build();
        for (int tries = 0; tries < 600 && up.isAlive(); tries++) {
            try {
                if (http.send(ready, BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                // not listening yet
            }
            up.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("/q/health/ready never said UP");
    }
}
