package io.longtake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {

    @TempDir
    private Path directory;

    /** Claims the directory, says so, and keeps it until its standard input ends. */
    public static final class Claimant {
        public static void main(String[] args) throws Exception {
            Optional<Claim> claim = Claim.of(Path.of(args[0]));
            System.out.println(claim.isPresent() ? "has it" : "has it not");
            while (System.in.read() >= 0) {
                // nothing to hear: only the end counts
            }
        }
    }

    @Test
    void a_claim_is_had_by_one_process_until_it_is_killed() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claimant.class.getName(),
                        directory.toString())
                .start();
        assertThat(other.inputReader().readLine()).isEqualTo("has it");
        assertThat(Claim.of(directory)).isEmpty();

        other.destroyForcibly();
        assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();

        Optional<Claim> ours = Claim.of(directory);
        assertThat(ours).isPresent();
        ours.get().close();
    }

    @Test
    void a_claim_that_was_given_up_can_be_had_again() {
        Claim.of(directory).orElseThrow().close();

        Optional<Claim> again = Claim.of(directory);
        assertThat(again).isPresent();
        again.get().close();
    }
}
