package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine longtake =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            generate x -o a.mp4 --seconds ten              | longtake generate: --seconds ten is not a number
            generate x -o a.mp4 --guidance 1,5             | longtake generate: --guidance 1,5 is not a number
            generate x -o a.mp4 --steps 2.5                | longtake generate: --steps 2.5 is not a whole number
            generate x -o a.mp4 --seed 99999999999999999999 | longtake generate: --seed 99999999999999999999 is too large a number
            up --port http                                 | longtake up: --port http is not a whole number
            bench workers --workers 1,two                  | longtake bench workers: --workers two is not a whole number
            worker --batch 65                              | longtake worker: --batch must be from 1 to 64, found 65
            worker --batch-window 2000                     | longtake worker: --batch-window must be from 0 to 1000, found 2000
            generate a drive -o a.mp4                      | longtake generate: there is one argument too many: drive (a prompt of several words stands in quotes)
            list all                                       | longtake list: there is one argument too many: all (--help tells more)
            up 3                                           | longtake up: there is one argument too many: 3 (--help tells more)
            prompt -- --fast --seconds 1                   | longtake prompt: there is one argument too many: --seconds (a prompt
            generate x -o a.mp4 --second 3                 | longtake generate: there is no option --second, perhaps --seconds
            generat x                                      | longtake: there is no command generat, perhaps generate
            generate                                       | longtake generate: PROMPT is missing
            generate x -o                                  | longtake generate: --output lacks its value, FILE
            generate x -o a.mp4 --seed 1 --seed 2          | longtake generate: --seed is given twice
            """)
    void a_mistake_is_told_in_plain_words_by_option_and_value(String command, String complaint) {
        assertThat(longtake.execute(command.split(" "))).isEqualTo(2);

        assertThat(err.toString()).startsWith(complaint).hasLineCount(1).doesNotContain("java.", "index", "'double'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            list --kafka-config secrets.properties         | --kafka-config secrets.properties is for a Kafka that --bootstrap-servers names
            list --kafka-config no.such --bootstrap-servers localhost:1 | --kafka-config no.such cannot be read
            generate x -o film.mov                         | --output film.mov must end in .mp4, as the video's codec is h264
            generate x -o film.MP4 --model giant           | --model giant is unknown
            generate x -o FILM.MP4 --codec ffv1            | --output FILM.MP4 must end in .mkv, as the video's codec is ffv1
            generate x -o= --codec ffv1                    | --output '' is empty: expected the name of a file
            """)
    void an_option_that_would_have_no_effect_or_names_no_file_is_refused(String command, String complaint) {
        assertThat(longtake.execute(command.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(complaint).hasLineCount(1);
    }

    @Test
    void a_command_that_looks_for_a_platform_makes_no_directory(@TempDir Path folder) {
        Path typo = folder.resolve("longtkae");

        assertThat(longtake.execute("list", "--data-dir", typo.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("no platform runs on " + typo);
        assertThat(typo).doesNotExist();
    }

    @Test
    void a_prompt_may_begin_with_what_elsewhere_names_a_file_of_arguments() {
        longtake.execute("generate", "@dusk on the road", "-o", "a.mp4", "--model", "giant");

        assertThat(err.toString()).contains("--model giant is unknown");
    }

    @Test
    void an_argument_that_java_could_not_read_is_refused_and_not_changed() {
        int status = longtake.execute("generate", "N\uFFFDchte", "-o", "a.mp4");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("is not in UTF-8").hasLineCount(1);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void an_error_ends_a_command_like_any_failure_in_one_line(Error error, String told) {
        longtake.addSubcommand(new Broken(error)).setErr(new PrintWriter(err));

        assertThat(longtake.execute("broken")).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("longtake broken: ")
                .contains(told)
                .hasLineCount(1);
    }

    static Object[][] broken() {
        return new Object[][] {
            {new UnsatisfiedLinkError("/tmp/libonnxruntime.so:\n failed to map segment"), "failed to map segment"},
            {new NoClassDefFoundError().initCause(new ExceptionInInitializerError("no native")), "no native"},
            {new OutOfMemoryError("Java heap space"), "OutOfMemoryError: Java heap space"},
            {new StackOverflowError(), "StackOverflowError"},
        };
    }

    @Command(name = "broken")
    private record Broken(Error error) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw error;
        }
    }

    private String withDefaults(Path folder, byte[] text, String... command) throws IOException {
        Path file = Files.write(folder.resolve("longtake.properties"), text);
        System.setProperty("picocli.defaults.longtake.path", file.toString());
        try {
            Main.commandLine().setErr(new PrintWriter(err)).execute(command);
        } finally {
            System.clearProperty("picocli.defaults.longtake.path");
        }
        return err.toString().replace(file.toString(), "FILE");
    }

    private String withDefaults(Path folder, String text, String... command) throws IOException {
        return withDefaults(folder, text.getBytes(StandardCharsets.UTF_8), command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            longtake.generate.seconds=ten    | --seconds ten is not a number (from FILE)
            seconds=ten                      | --seconds ten is not a number (from FILE)
            longtake.generate.model=lake     | --model lake is unknown: expected one of [drive, drive-full] (from FILE)
            longtake.generate.model=Straße   | --model Straße is unknown: expected one of [drive, drive-full] (from FILE)
            longtake.generate.sed=4          | FILE: longtake.generate.sed is no option of a command
            longtake.seconds=4               | FILE: longtake.seconds is no option of a command
            longtake.bench.glue.port=1       | FILE: longtake.bench.glue.port is no option of a command
            longtake.generate.prompt=\\uZZZZ | FILE cannot be read: Malformed \\uxxxx encoding
            """)
    void defaults_of_options_may_stand_in_a_file_and_what_is_wrong_there_is_told(
            String line, String complaint, @TempDir Path folder) throws IOException {
        String said = withDefaults(
                folder,
                line.replace("\\\\", "\\"),
                "generate",
                "x",
                "-o",
                folder.resolve("a.mp4").toString());

        assertThat(said).contains(complaint.replace("\\\\", "\\")).hasLineCount(1);
    }

    @Test
    void what_is_wrong_on_the_command_line_is_not_blamed_on_the_file(@TempDir Path folder) throws IOException {
        String said = withDefaults(
                folder,
                "seconds=3",
                "generate",
                "x",
                "-o",
                folder.resolve("a.mp4").toString(),
                "--seconds=ten");

        assertThat(said).contains("--seconds ten is not a number (--help");
    }

    @Test
    void a_file_of_defaults_that_is_not_utf8_is_told(@TempDir Path folder) throws IOException {
        assertThat(withDefaults(folder, new byte[] {'a', '=', (byte) 0xFF}, "list"))
                .contains("FILE cannot be read")
                .hasLineCount(1);
    }

    @Test
    void a_result_that_cannot_be_written_is_a_failure() {
        longtake.addSubcommand(new Telling())
                .setOut(new PrintWriter(new Writer() {
                    @Override
                    public void write(char[] text, int from, int length) throws IOException {
                        throw new IOException("No space left on device");
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                }))
                .setErr(new PrintWriter(err));

        assertThat(longtake.execute("telling")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo(
                        "longtake telling: its result cannot be written to standard output" + System.lineSeparator());
    }

    @Command(name = "telling")
    private static final class Telling implements Callable<Integer> {

        @Spec
        private CommandSpec command;

        @Override
        public Integer call() {
            command.commandLine().getOut().println("a result");
            return 0;
        }
    }

    @Test
    void the_shell_completes_commands_and_options() {
        assertThat(longtake.execute("generate-completion")).isZero();

        assertThat(out.toString()).contains("complete -F", "subscribe", "--guidance");
    }

    @ParameterizedTest
    @CsvSource({"--version", "generate --version", "up --version", "bench glue --version", "compile -V"})
    void every_command_tells_the_version(String command) {
        assertThat(longtake.execute(command.split(" "))).isZero();

        assertThat(out.toString()).matches("longtake \\S+\\R");
    }
}
