package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.PromptEvent;
import io.longtake.event.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ServerNamesTest {

    @Command(name = "prompt")
    private static final class Prompting {
        @Mixin
        private PromptOptions prompt;
    }

    @Test
    void what_open_servers_call_options_is_taken_beside_our_names() {
        PromptEvent event = event(
                "a drive --num-frames 48 --fps 24 --width 512 --height 256 --num_inference_steps 7 --guidance-scale 2.5");

        assertThat(event.getSeconds()).isEqualTo(2);
        assertThat(Scenes.first(event).getSteps()).isEqualTo(7);
        assertThat(Scenes.first(event).getGuidance()).isEqualTo(2.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --num-frames 0                | --num-frames 0 is outside 1 .. 86400
            --num-frames 48 --seconds 2   | --num-frames cannot stand beside --seconds
            --fps 16                      | --fps must be 24: model drive makes no other
            --size 1280x720               | --size must be 512x256
            --guidance-scale 2 --guidance 2 | --guidance-scale cannot stand beside --guidance
            """)
    void what_cannot_be_honoured_is_refused_by_its_name(String options, String complaint) {
        assertThatThrownBy(() -> event("a " + options)).hasMessageContaining(complaint);
    }

    private static PromptEvent event(String line) {
        Prompting command = new Prompting();
        String[] words = line.replaceFirst("^a drive", "a").split(" +");
        new CommandLine(command).parseArgs(words);
        return command.prompt.event();
    }
}
