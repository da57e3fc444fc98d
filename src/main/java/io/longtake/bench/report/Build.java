package io.longtake.bench.report;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param version that the build wrote into the application
 * @param commit of git, with {@code -dirty} if sources differ from it; empty if it does not run from a clone
 */
public record Build(String version, String commit) {

    /**
     * @param home where the launcher lies, if it runs by it
     */
    public static Build of(String version, Optional<Path> home) {
        return new Build(version, home.map(Build::commitIn).orElse(""));
    }

    private static String commitIn(Path home) {
        try {
            Process git = new ProcessBuilder(
                            "git", "-C", home.toString(), "describe", "--always", "--dirty", "--exclude", "*")
                    .redirectError(Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? said : "";
        } catch (IOException withoutGit) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
