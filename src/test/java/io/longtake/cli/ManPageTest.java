package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/longtake.1}. After a change of commands or options: {@code mvn surefire:test -Dtest=ManPageTest -Dlongtake.write-man=true}. */
class ManPageTest {

    private static final Path PAGE = Path.of("docs/longtake.1");

    @Test
    void the_man_page_says_what_the_commands_say() throws IOException {
        CommandLine longtake = Main.commandLine();
        longtake.setDefaultValueProvider(null); // somebody's own defaults
        String page = ManPage.of(longtake);
        if (Boolean.getBoolean("longtake.write-man")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void it_has_every_command_and_every_option() throws IOException {
        String page = Files.readString(PAGE).replace("\\-", "-");

        for (CommandLine command : ManPage.listed(Main.commandLine())) {
            String heading = ".SS \"" + command.getCommandSpec().qualifiedName() + "\"\n";
            assertThat(page).contains(heading);
            int from = page.indexOf(heading) + heading.length();
            String part = page.substring(from, page.indexOf("\n.S", from));
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden()) {
                    assertThat(part).contains(option.names());
                }
            }
        }
    }
}
