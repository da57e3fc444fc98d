package io.longtake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a result is printed: for people, or as one line of JSON for programs. Field names are those of HTTP and of the records. */
final class JsonOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Prints the result as one line of JSON.")
    private boolean json;

    /**
     * Prints a result.
     *
     * @param fields in their order
     * @param words prints it for people
     */
    void print(Map<String, ?> fields, Consumer<PrintWriter> words) {
        print(command.commandLine().getOut(), fields, words);
    }

    /** The same, elsewhere than to standard output. */
    void print(PrintWriter out, Map<String, ?> fields, Consumer<PrintWriter> words) {
        if (json) {
            out.println(text(fields));
        } else {
            words.accept(out);
        }
        out.flush();
    }

    private static String text(Map<String, ?> fields) {
        try {
            return new ObjectMapper().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
