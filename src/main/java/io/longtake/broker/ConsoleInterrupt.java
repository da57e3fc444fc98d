package io.longtake.broker;

/** Ctrl-C, which a terminal sends to every process of its foreground group. */
final class ConsoleInterrupt {

    private ConsoleInterrupt() {}

    /** From here on this JVM does not hear it. By reflection, because the class is the JDK's own and not every JDK's. */
    static void ignore() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("INT"),
                            handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            System.err.println("Ctrl-C cannot be ignored here, so it also stops the broker: " + e);
        }
    }
}
