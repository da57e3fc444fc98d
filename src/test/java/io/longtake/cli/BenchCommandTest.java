package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.longtake.bench.AllBenches;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class BenchCommandTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            glue --rounds 0                         | --rounds must be from 1 to 100, found 0
            glue --seconds 0                        | --seconds 0 is outside
            glue --model giant                      | --model giant is unknown: expected one of
            glue --engine abacus                    | --engine abacus is unknown: expected one of
            glue --simulated --segment-seconds 0    | --segment-seconds must be from 0.001 to 3600, found 0
            glue --simulated --scale 2              | --scale must be from 0.001 to 1, found 2
            glue --simulated --scale NaN            | --scale must be from 0.001 to 1, found NaN
            glue --simulated --slots 65             | --slots must be from 1 to 64, found 65
            steps --runs 0                          | --runs must be from 1 to 1000, found 0
            stages --model giant                    | --model: no model is named 'giant'
            idle --model giant                      | --model: no model is named 'giant'
            workers --model giant                   | --model: no model is named 'giant'
            workers --slots 0                       | --slots must be from 1 to 64, found 0
            viewers --sockets 3 --stalled 4         | --sockets and hls must be from 0 to 10000, and stalled from 0 to sockets, found 3, 100 and 4
            stages --runs 0                         | --runs must be from 1 to 1000, found 0
            stages --at-once 1000                   | --at-once must be from 1 to
            workers --workers 1,65                  | --workers must be from 1 to 64, found 65
            workers --videos 0                      | --videos must be from 1 to 1000, found 0
            workers --segments 1                    | --segments must be from 2 to 1000, found 1
            workers --segment-seconds 0             | --segment-seconds must be above 0 and at most 3600, found 0.0
            idle --workers 0                        | --workers must be from 1 to 64, found 0
            idle --seconds 0                        | --seconds must be from 0.1 to 3600, found 0
            idle --settle -1                        | --settle must be from 0 to 3600, found -1
            payload --mebibytes 65                  | --mebibytes must be from 0.01 to 64, found 65
            payload --total 0                       | --total must be from 1 to 4096, found 0
            payload --rounds 101                    | --rounds must be from 1 to 100, found 101
            records --json /no/such/folder/a.json   | --json /no/such/folder/a.json must be a file in a folder that is there
            viewers --seconds 100000                | --seconds 100000 is outside
            first-picture --seconds -1              | --seconds -1 is outside
            startup --seconds soon                  | --seconds soon is not a number
            """)
    void a_wrong_option_is_refused_by_name_value_and_limit(String command, String complaint) {
        StringWriter said = new StringWriter();
        CommandLine longtake = Main.commandLine().setErr(new PrintWriter(said));

        assertThat(longtake.execute(("bench " + command).split(" "))).isEqualTo(2);
        assertThat(said.toString()).contains(complaint).hasLineCount(1);
    }

    @Test
    void a_folder_is_no_file_for_json() {
        StringWriter said = new StringWriter();
        CommandLine longtake = Main.commandLine().setErr(new PrintWriter(said));

        assertThat(longtake.execute("bench", "records", "--json", folder.toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("must be a file");
    }

    @ParameterizedTest
    @MethodSource("all")
    void all_runs_only_what_there_is(List<String> command) {
        List<String> line = new ArrayList<>(List.of("bench"));
        line.addAll(command);
        line.addAll(List.of("--json", "a.json", "--data-dir", folder.toString()));

        assertThatCode(() -> Main.commandLine().parseArgs(line.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    static List<List<String>> all() {
        return AllBenches.COMMANDS;
    }
}
