package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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

    @ParameterizedTest
    @CsvSource({"--version", "generate --version", "up --version", "bench glue --version", "compile -V"})
    void every_command_tells_the_version(String command) {
        assertThat(longtake.execute(command.split(" "))).isZero();

        assertThat(out.toString()).matches("longtake \\S+\\R");
    }
}
