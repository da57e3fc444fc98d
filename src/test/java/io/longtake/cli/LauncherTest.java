package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the script makes of the environment that it is started in. Java and Maven are stand-ins, which say what they were told; {@link
 * CommandLineIT} has the real ones.
 */
class LauncherTest {

    /** Answers what the launcher asks for, and otherwise says its arguments and locale. */
    private static final String JAVA =
            """
            #!/bin/bash
            for option; do
              case $option in
                -XX:+UseSerialGC) case "$JAVA_TOOL_OPTIONS $*" in *G1GC*) echo 'Multiple garbage collectors selected'; exit 1 ;; esac ;;
              esac
            done
            case "$JAVA_TOOL_OPTIONS $*" in *Nonsense*)
              printf 'Picked up JAVA_TOOL_OPTIONS: x\\nUnrecognized VM option\\n'
              echo 'Error: Could not create the Java Virtual Machine.'; exit 1 ;;
            esac
            case "$*" in *900g*)
              case "$*" in *ErrorFile=/dev/null*) ;; *) touch "$(dirname "$0")/report" ;; esac
              echo 'OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x1, 2, 0) failed; error=x (errno=12)'
              printf '#\\n# There is insufficient memory for Java.\\n# An error report file is saved as:\\n# hs_err_pid1.log\\n'; exit 1 ;;
            esac
            case " $* " in
              *' -version '*)
                printf '    java.library.path = /usr/lib\\n        /lib\\n'
                printf '    java.specification.version = %s\\n' "${RELEASE:-17}"
                printf '    java.io.tmpdir = %s\\n    user.home = %s\\n' "${TEMPORARY:-/tmp}" "${USER_HOME:-/root}" ;;
              *) printf '%s\\n' "locale $LC_ALL" "$@" ;;
            esac
            """;

    /** Takes a moment, in which another start could begin to build as well. */
    private static final String MAVEN =
            """
            #!/bin/bash
            clone=$(dirname "$0")/../clone
            mkdir "$clone/building" || { echo 'another build is at work' >&2; exit 1; }
            echo built >> "$clone/builds"
            sleep 0.5
            mkdir -p "$clone/target/quarkus-app"
            touch "$clone/target/quarkus-app/quarkus-run.jar"
            rmdir "$clone/building"
            """;

    @TempDir
    private Path workspace;

    private Path clone;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        clone = cloneAt(workspace.resolve("clone"));
        program("java", JAVA);
        program("javac", "#!/bin/bash\n");
        program("mvn", MAVEN);
        environment.put("PATH", workspace.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private static Path cloneAt(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("target/quarkus-app"));
        Files.copy(Path.of("longtake"), folder.resolve("longtake"));
        assertThat(folder.resolve("longtake").toFile().setExecutable(true)).isTrue();
        Files.createFile(folder.resolve("target/quarkus-app/quarkus-run.jar"));
        return folder;
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.createDirectories(workspace.resolve("bin")).resolve(name);
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Said(int status, String text) {}

    private Process start(Path folder, String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("longtake").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.contains("JAVA"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Said run(Path folder, String... args) throws Exception {
        Process process = start(folder, args);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), said);
    }

    private Said run(String... args) throws Exception {
        return run(clone, args);
    }

    @Test
    void what_is_asked_of_longtake_comes_last_and_whole() throws Exception {
        Said said = run("generate", "a drive, *, at night", "-o", "a b.mp4");

        assertThat(said.status()).isZero();
        assertThat(said.text())
                .contains("-XX:+UseSerialGC\n", "-XX:MaxRAMPercentage=25\n")
                .doesNotContain("-Xmx")
                .endsWith("quarkus-run.jar\ngenerate\na drive, *, at night\n-o\na b.mp4\n");
    }

    @Test
    void an_unpacked_archive_runs_the_application_beside_it() throws Exception {
        Files.move(clone.resolve("target/quarkus-app"), clone.resolve("app"));

        Said said = run("--version");

        assertThat(said.text()).endsWith(clone.resolve("app/quarkus-run.jar") + "\n--version\n");
        assertThat(clone.resolve("builds")).doesNotExist();
    }

    @Test
    void native_libraries_that_lie_beside_the_launcher_are_not_unpacked_again() throws Exception {
        Path natives = Files.createDirectory(clone.resolve("natives"));
        environment.put("TEMPORARY", "/nowhere");

        Said said = run("--version");

        assertThat(said.status()).isZero();
        assertThat(said.text())
                .contains("-Djava.library.path=" + natives, "-Donnxruntime.native.path=" + natives)
                .doesNotContain("java.io.tmpdir");
    }

    @ParameterizedTest
    @CsvSource({"JAVA_TOOL_OPTIONS, -XX:+UseG1GC", "LONGTAKE_JAVA_OPTS, -XX:+UseG1GC"})
    void another_collector_takes_the_place_of_ours(String variable, String option) throws Exception {
        environment.put(variable, option);

        Said said = run("--version");

        assertThat(said.status()).isZero();
        assertThat(said.text()).doesNotContain("UseSerialGC").endsWith("--version\n");
    }

    @Test
    void options_of_the_user_come_behind_ours_and_are_not_taken_for_patterns() throws Exception {
        environment.put("LONGTAKE_JAVA_OPTS", "-Xmx3g -Da=/*");

        assertThat(run("--version").text()).containsSubsequence("MaxRAMPercentage", "-Xmx3g\n-Da=/*\n-jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "LONGTAKE_JAVA_OPTS"})
    void a_java_that_does_not_start_is_named_in_one_line_with_what_it_was_told(String variable) throws Exception {
        environment.put(variable, "-XX:+Nonsense");

        Said said = run("--version");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text())
                .isEqualTo("longtake: java does not start: Unrecognized VM option (" + variable + "=-XX:+Nonsense)\n");
    }

    @Test
    void a_java_that_lacks_memory_says_so_in_its_words_for_people_and_leaves_no_report() throws Exception {
        environment.put("LONGTAKE_JAVA_OPTS", "-Xms900g");

        Said said = run("--version");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text())
                .isEqualTo("longtake: java does not start: There is insufficient memory for Java."
                        + " (LONGTAKE_JAVA_OPTS=-Xms900g)\n");
        assertThat(workspace.resolve("bin/report")).doesNotExist();
    }

    @Test
    void a_shell_that_lets_too_few_files_be_open_is_named() throws Exception {
        Process process = new ProcessBuilder("bash", "-c", "ulimit -n 100; exec \"$0\" list", clone + "/longtake")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("longtake: at most 100 files may be open here (ulimit -Hn), and Longtake may need 1024\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void an_old_java_and_a_wrong_home_of_java_are_named() throws Exception {
        environment.put("RELEASE", "1.8");
        assertThat(run("--version").text()).startsWith("longtake: Java 1.8 at ").hasLineCount(1);

        environment.put("JAVA_HOME", "/no/such/jdk");
        assertThat(run("--version").text())
                .isEqualTo("longtake: there is no /no/such/jdk/bin/java: JAVA_HOME must name a JDK 17 or newer\n");
    }

    @Test
    void a_folder_with_a_plus_runs_from_its_class_path_and_one_with_a_colon_is_named() throws Exception {
        Said plus = run(cloneAt(workspace.resolve("c++")), "--version");
        Said colon = run(cloneAt(workspace.resolve("c:d")), "--version");

        assertThat(plus.text()).contains("io.longtake.cli.Main\n--version\n").doesNotContain("-jar");
        assertThat(colon.status()).isEqualTo(1);
        assertThat(colon.text()).startsWith("longtake: Java cannot run from ").hasLineCount(1);
    }

    @Test
    void an_exported_cdpath_does_not_lead_elsewhere() throws Exception {
        environment.put("CDPATH", workspace + ":.");

        assertThat(run("--version").text()).contains("-Dlongtake.home=" + clone + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8"})
    void a_locale_without_utf8_becomes_one_with_it(String locale) throws Exception {
        environment.put("LC_ALL", locale);

        assertThat(run("generate", "Nächte").text())
                .doesNotContain("longtake: line")
                .contains("locale C.UTF-8\n")
                .endsWith("Nächte\n");
    }

    @Test
    void a_user_without_an_entry_has_the_home_that_the_environment_names() throws Exception {
        environment.put("USER_HOME", "?");
        environment.put("HOME", "/somewhere");

        assertThat(run("--version").text()).contains("-Duser.home=/somewhere\n");
    }

    @Test
    void where_nothing_can_be_run_from_javas_temporary_folder_another_one_is_taken() throws Exception {
        environment.put("TEMPORARY", "/proc");
        environment.put("TMPDIR", workspace.toString());

        assertThat(run("--version").text()).contains("-Djava.io.tmpdir=" + workspace + "\n");
    }

    @Test
    void native_libraries_are_taken_from_where_the_build_has_unpacked_them() throws Exception {
        Path natives = Files.createDirectories(clone.resolve("target/quarkus-app/natives"));
        Path library = Files.createFile(natives.resolve("libonnxruntime.so"));
        String taken = "-Donnxruntime.native.path=" + natives + "\n-Djava.library.path=" + natives + ":/usr/lib:/lib\n";

        assertThat(run("--version").text())
                .as("mounted noexec, or none for this machine")
                .doesNotContain("natives");
        assertThat(library.toFile().setExecutable(true)).isTrue();
        assertThat(run("--version").text()).contains(taken);
    }

    @Test
    void two_first_starts_at_once_build_once() throws Exception {
        Files.createDirectories(clone.resolve("src/main"));
        Files.createDirectories(clone.resolve("schemas"));
        Files.createFile(clone.resolve("pom.xml"));
        Files.delete(clone.resolve("target/quarkus-app/quarkus-run.jar"));

        Process first = start(clone, "--version");
        Process second = start(clone, "--version");
        String said = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                + new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(first.waitFor() + second.waitFor()).as(said).isZero();
        assertThat(Files.readAllLines(clone.resolve("builds"))).containsExactly("built");
        assertThat(said).contains("another start is building, waiting for it");
    }
}
