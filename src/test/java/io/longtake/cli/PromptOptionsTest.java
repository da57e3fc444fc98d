package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.model.ModelRepository;
import io.longtake.platform.InstalledModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PromptOptionsTest {

    @Command(name = "prompt")
    private static final class Prompting {
        @Mixin
        private PromptOptions prompt;
    }

    @Test
    void words_that_the_model_passes_over_are_named() {
        assertThat(said("a Zebra on a rainy road, zebra!", "--negative-prompt", "fog, unicorns"))
                .isEqualTo("words that model drive does not know, and passes over: zebra, unicorns"
                        + System.lineSeparator());
    }

    @Test
    void nothing_is_said_of_words_that_it_knows() {
        assertThat(said("a drive at night in heavy traffic")).isEmpty();
    }

    private static String said(String... arguments) {
        StringWriter err = new StringWriter();
        Prompting command = new Prompting();
        new CommandLine(command).setErr(new PrintWriter(err, true)).parseArgs(arguments);
        command.prompt.tellUnknownWords(new InstalledModels(ModelRepository.standard()));
        return err.toString();
    }
}
