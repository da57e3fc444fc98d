package io.longtake;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs in other languages that some tests need, and that a machine may not have. */
public final class ForeignProgram {

    public static final String PYTHON = System.getenv().getOrDefault("LONGTAKE_PYTHON", "python3");

    private ForeignProgram() {}

    /** Goes on if a command is there and ends well; otherwise the test is {@link #absent}. */
    public static void require(String name, String... command) throws InterruptedException {
        if (!runs(command)) {
            absent(name + " is not installed");
        }
    }

    /** Skips a test for what this machine has not, and says so; in CI that is a failure. */
    public static void absent(String what) {
        absent(what, "true".equals(System.getenv("CI")));
    }

    static void absent(String what, boolean continuousIntegration) {
        if (continuousIntegration) {
            throw new AssertionError(what + ", and CI=true: .ci/run installs what the tests need");
        }
        // The build's own summary counts skipped tests and does not say why.
        System.out.println("[skipped] " + what);
        Assumptions.abort(what);
    }

    /** A Node that knows WebSockets: that of this machine, or the one that Playwright brings. */
    public static String node() throws InterruptedException {
        if (runs("node", "-e", "WebSocket")) {
            return "node";
        }
        return Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .get(0);
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
