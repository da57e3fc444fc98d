package io.longtake.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The child JVM: {@code BrokerMain directory port}. Says {@code READY host:port} as the one line of its standard output,
 * and ends when its standard input closes, so it outlives no parent.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        // Kafka names its files with the digits of the default locale, and finds them by those of ASCII.
        Locale.setDefault(Locale.ROOT);
        PrintStream out = System.out;
        System.setOut(System.err); // whatever a library prints: one line is promised
        BrokerLog.toStandardError();
        // The application drains first, then closes our standard input.
        ConsoleInterrupt.ignore();

        KRaftNode node = KRaftNode.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "broker-shutdown"));
        out.println("READY " + node.bootstrapServers());
        out.flush();
        while (System.in.read() >= 0) {
            // nothing to hear: only the end counts
        }
        System.exit(0);
    }
}
