package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Command lines in the documents are complete: nobody who copies one is told that something is missing. */
class DocumentedCommandsTest {

    private static final Pattern LINE =
            Pattern.compile("(?m)^(?:[A-Z_]+=\\S+ +)*\\./longtake +([^#|`\\n…]+?) *(?:#.*)?$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static Stream<String> commands() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> pages = Stream.concat(Stream.of(Path.of("README.md"), Path.of("models/README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
            Stream.Builder<String> lines = Stream.builder();
            for (Path page : pages) {
                LINE.matcher(Files.readString(page)).results().forEach(line -> lines.add(line.group(1)));
            }
            return lines.build();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_of_the_documents_lacks_nothing(String line) {
        String[] words = WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);

        assertThatCode(() -> Main.commandLine().parseArgs(words)).doesNotThrowAnyException();
    }

    @Test
    void there_are_such_lines() throws IOException {
        Matcher example = LINE.matcher("./longtake up   # starts a server");

        assertThat(example.matches()).isTrue();
        assertThat(example.group(1)).isEqualTo("up");
        assertThat(commands()).hasSizeGreaterThan(5);
    }
}
