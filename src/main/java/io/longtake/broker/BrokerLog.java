package io.longtake.broker;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the child's words go: warnings and worse to standard error, everything else nowhere. */
final class BrokerLog {

    /** Held, or the collector could take the level along with the logger. */
    private static final Logger ROOT = Logger.getLogger("");

    private BrokerLog() {}

    static void toStandardError() {
        // Found on the class path, the application's own handlers would wait for an application that never starts here.
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.setLevel(Level.WARNING);
        ROOT.addHandler(new ConsoleHandler());
    }
}
