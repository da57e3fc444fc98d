package io.longtake;

import java.io.IOException;

/** Programs in other languages that some tests need, and that a machine may not have. */
public final class ForeignProgram {

    private ForeignProgram() {}

    /** Whether a command is there and ends well. */
    public static boolean runs(String... command) throws InterruptedException {
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
